package org.efficientnet4j.kernels.onednn;

/** A batch's size: the number of images, their height and width. */
record ImageShape(int images, int height, int width) {
    /** Of one image. */
    int pixels() {
        return height * width;
    }
}
