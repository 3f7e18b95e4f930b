package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;

/** How an image of any size becomes the square the network sees. Implementations are immutable. */
@FunctionalInterface
public interface Framing {
    /**
     * Frames one image.
     *
     * @param image 8-bit RGB of any size; left as it is
     * @param target what the pipeline asks for
     * @param random the image's own generator, the only source of chance
     * @return a matrix of shape [size, size, 3]
     */
    Mat frame(Mat image, FrameTarget target, RandomGenerator random);

    /**
     * The same as pixels in an array, which is how the pipeline carries them.
     *
     * @param image 8-bit RGB of any size; left as it is
     * @param target what the pipeline asks for
     * @param random the image's own generator, the only source of chance
     * @return a new array of shape [size, size, 3]
     * @throws IllegalStateException if the result has another shape
     */
    default byte[] framedPixels(Mat image, FrameTarget target, RandomGenerator random) {
        try (Mat framed = frame(image, target, random)) {
            return RgbImages.toSquare(framed, target.size());
        }
    }
}
