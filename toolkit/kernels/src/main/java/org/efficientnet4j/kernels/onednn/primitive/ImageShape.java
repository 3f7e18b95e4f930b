package org.efficientnet4j.kernels.onednn.primitive;

/** A batch's size: the number of images, their height and width. */
public record ImageShape(int images, int height, int width) {
    /** Number of pixels of one image. */
    public int pixels() {
        return height * width;
    }
}
