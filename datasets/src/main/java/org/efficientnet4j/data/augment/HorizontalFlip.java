package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_core.flip;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;

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

    @Override
    public byte[] applyToPixels(byte[] pixels, int size, RandomGenerator random) {
        if (random.nextDouble() < probability) {
            int rowBytes = 3 * size;
            for (int start = 0; start < pixels.length; start += rowBytes) {
                mirror(pixels, start, start + rowBytes - 3);
            }
        }
        return pixels;
    }

    /** Swaps the pixels of a row, from its ends to its middle. */
    private static void mirror(byte[] pixels, int first, int last) {
        int right = last;
        for (int left = first; left < right; left += 3) {
            for (int channel = 0; channel < 3; channel++) {
                byte kept = pixels[left + channel];
                pixels[left + channel] = pixels[right + channel];
                pixels[right + channel] = kept;
            }
            right -= 3;
        }
    }
}
