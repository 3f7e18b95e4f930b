package org.efficientnet4j.data.source;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The division of a source without held-out images of its own.
 *
 * @param validationFraction the share of each class held out, between 0 and 1 (both excluded)
 * @param seed the images' choice; generated sources draw their pictures from it too
 * @param rule the way of choosing
 */
public record SplitOptions(double validationFraction, long seed, SplitRule rule) {
    /** One fifth held out, seed 0. */
    public static final SplitOptions DEFAULT = new SplitOptions(0.2, 0);

    /**
     * A division by the images' hashes.
     *
     * @param validationFraction the share of each class held out, between 0 and 1 (both excluded)
     * @param seed the images' choice
     * @throws InvalidInputException if the fraction is not between 0 and 1
     */
    public SplitOptions(double validationFraction, long seed) {
        this(validationFraction, seed, SplitRule.HASH);
    }

    /**
     * Checks the fraction.
     *
     * @throws InvalidInputException if it is not between 0 and 1
     */
    public SplitOptions {
        Objects.requireNonNull(rule, "rule");
        if (!(validationFraction > 0 && validationFraction < 1)) {
            throw new InvalidInputException(
                    "The validation fraction must be between 0 and 1 (both excluded), found " + validationFraction);
        }
    }

    /** The same for a data set that images are never added to, of which exactly the fraction is held out. */
    SplitOptions exact() {
        return new SplitOptions(validationFraction, seed, SplitRule.SHUFFLE);
    }

    /**
     * The same with another seed.
     *
     * @param newSeed the seed
     * @return a copy
     */
    public SplitOptions withSeed(long newSeed) {
        return new SplitOptions(validationFraction, newSeed, rule);
    }
}
