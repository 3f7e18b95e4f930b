package org.efficientnet4j.data.augment;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Target of a framing.
 *
 * @param size the side of the square, in pixels
 * @param cropFraction for a centre crop, the share of the shorter side that is kept, above 0 up to 1
 * @param interpolation how the image is resized
 */
public record FrameTarget(int size, double cropFraction, Interpolation interpolation) {
    /**
     * Checks size and fraction.
     *
     * @throws InvalidInputException if the size is not positive or the fraction not above 0 and at most 1
     */
    public FrameTarget {
        Objects.requireNonNull(interpolation, "interpolation");
        if (size < 1) {
            throw new InvalidInputException("the image size must be positive, but is " + size);
        }
        if (!(cropFraction > 0 && cropFraction <= 1)) {
            throw new InvalidInputException("the crop fraction must be above 0 and at most 1, but is " + cropFraction);
        }
    }
}
