package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

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
}
