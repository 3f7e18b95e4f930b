package org.efficientnet4j.train.options;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.progressive.Strengths;

/** The rules that option records share; a message names the key as config.yaml spells it. */
final class Checks {
    private Checks() {}

    static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new InvalidInputException(key + " must be at least " + least + ", found " + value);
        }
    }

    static void positive(String key, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new InvalidInputException(key + " must be above 0 and finite, found " + value);
        }
    }

    static void notNegative(String key, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new InvalidInputException(key + " must be at least 0 and finite, found " + value);
        }
    }

    /** For rates: 1 is out, since it would drop everything. */
    static void rate(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new InvalidInputException(key + " must lie in [0, 1), found " + value);
        }
    }

    /** For factors that may leave a value as it is. */
    static void share(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new InvalidInputException(key + " must lie in (0, 1], found " + value);
        }
    }

    /** For probabilities and parts of a whole. */
    static void fraction(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidInputException(key + " must lie in [0, 1], found " + value);
        }
    }

    static void ordered(String lowKey, double low, String highKey, double high) {
        if (low > high) {
            throw new InvalidInputException(lowKey + " must be at most " + highKey + ", found " + low + " and " + high);
        }
    }

    /** For RandAugment. */
    static void magnitude(String key, double value) {
        if (!(value >= 0 && value <= Strengths.MOST_MAGNITUDE)) {
            throw new InvalidInputException(key + " must lie in [0, " + Strengths.MOST_MAGNITUDE + "], found " + value);
        }
    }

    static void notBlank(String key, String value) {
        if (value.isBlank()) {
            throw new InvalidInputException(key + " must not be empty");
        }
    }
}
