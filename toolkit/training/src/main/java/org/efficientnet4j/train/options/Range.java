package org.efficientnet4j.train.options;

import java.util.function.Predicate;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * The values that an option may have.
 *
 * @param verb joins "must" and the extent: "be" or "lie"
 * @param extent the values in words: "at least 1", "in [0, 1)"
 * @param test true for a value inside
 */
record Range<T>(String verb, String extent, Predicate<T> test) {
    static Range<Integer> atLeast(int least) {
        return new Range<>("be", "at least " + least, value -> value >= least);
    }

    static Range<Double> positive() {
        return new Range<>("be", "above 0 and finite", value -> value > 0 && Double.isFinite(value));
    }

    static Range<Double> notNegative() {
        return new Range<>("be", "at least 0 and finite", value -> value >= 0 && Double.isFinite(value));
    }

    /** Drop rates and decays: 1 is excluded, since it would drop everything or learn nothing. */
    static Range<Double> rate() {
        return new Range<>("lie", "in [0, 1)", value -> value >= 0 && value < 1);
    }

    /** Factors up to 1. */
    static Range<Double> factor() {
        return new Range<>("lie", "in (0, 1]", value -> value > 0 && value <= 1);
    }

    /** Shares of a whole of which something must remain on both sides. */
    static Range<Double> properFraction() {
        return new Range<>("lie", "in (0, 1)", value -> value > 0 && value < 1);
    }

    /** Probabilities and shares of a whole. */
    static Range<Double> fraction() {
        return new Range<>("lie", "in [0, 1]", value -> value >= 0 && value <= 1);
    }

    /** RandAugment's magnitudes. */
    static Range<Double> magnitude() {
        return new Range<>(
                "lie",
                "in [0, " + Strengths.MOST_MAGNITUDE + "]",
                value -> value >= 0 && value <= Strengths.MOST_MAGNITUDE);
    }

    static Range<String> notBlank() {
        return new Range<>("be a text", "that is not empty", value -> !value.isBlank());
    }

    /** The invariant, as a message has it behind an option's name. */
    String rule() {
        return "must " + verb + " " + extent;
    }
}
