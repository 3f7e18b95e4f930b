package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_core.flip;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.InvalidInputException;

/**
 * Mirrors an image left to right, by chance.
 *
 * @param probability how often, 0 to 1
 */
public record HorizontalFlip(double probability) implements ImageOperation {
    /** OpenCV's flip code for mirroring left to right. */
    private static final int LEFT_TO_RIGHT = 1;

    /**
     * Checks the probability.
     *
     * @throws InvalidInputException if it is not between 0 and 1
     */
    public HorizontalFlip {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidInputException("a flip's probability must be 0 to 1, but is " + probability);
        }
    }

    @Override
    public Mat apply(Mat image, RandomGenerator random) {
        if (random.nextDouble() < probability) {
            flip(image, image, LEFT_TO_RIGHT);
        }
        return image;
    }
}
