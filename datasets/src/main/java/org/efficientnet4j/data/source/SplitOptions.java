package org.efficientnet4j.data.source;

import org.efficientnet4j.core.InvalidInputException;

/**
 * How a source without held-out images of its own is divided.
 *
 * @param validationFraction the share of each class held out, between 0 and 1 (both excluded)
 * @param seed chooses which images; generated sources draw their pictures from it too
 */
public record SplitOptions(double validationFraction, long seed) {
    /** One fifth held out, seed 0. */
    public static final SplitOptions DEFAULT = new SplitOptions(0.2, 0);

    /**
     * Checks the fraction.
     *
     * @throws InvalidInputException if it is not between 0 and 1
     */
    public SplitOptions {
        if (!(validationFraction > 0 && validationFraction < 1)) {
            throw new InvalidInputException(
                    "the validation fraction must be between 0 and 1 (both excluded), but is " + validationFraction);
        }
    }

    /**
     * The same with another seed.
     *
     * @param newSeed the seed
     * @return a copy
     */
    public SplitOptions withSeed(long newSeed) {
        return new SplitOptions(validationFraction, newSeed);
    }
}
