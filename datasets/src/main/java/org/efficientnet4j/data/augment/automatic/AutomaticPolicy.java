package org.efficientnet4j.data.augment.automatic;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.augment.ImageOperation;

/** A step that draws its operations, and can say which. */
public interface AutomaticPolicy extends ImageOperation {
    /**
     * As {@link #apply(Mat, RandomGenerator)}.
     *
     * @param image 8-bit RGB, shape [size, size, 3]; left as it is
     * @param random this step's generator for this image
     * @param told the published name of each operation that was done, in order
     * @return a new matrix of the same shape
     */
    Mat apply(Mat image, RandomGenerator random, Consumer<String> told);

    @Override
    default Mat apply(Mat image, RandomGenerator random) {
        return apply(image, random, name -> {});
    }
}
