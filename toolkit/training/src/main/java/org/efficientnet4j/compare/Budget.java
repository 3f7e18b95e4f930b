package org.efficientnet4j.compare;

import org.efficientnet4j.core.InvalidInputException;

/** A training's length, the same for every network of a comparison. */
public sealed interface Budget {
    /**
     * As many passes over the training images for each.
     *
     * @param count at least 1
     */
    record Epochs(int count) implements Budget {
        /** @throws InvalidInputException for fewer than 1 */
        public Epochs {
            if (count < 1) {
                throw new InvalidInputException("--epochs must be at least 1, found " + count);
            }
        }
    }

    /**
     * As much time for each: its steps, data waiting included, validation not.
     *
     * @param count above 0
     */
    record Minutes(double count) implements Budget {
        private static final double MOST = 60 * 24 * 365;

        /** @throws InvalidInputException unless above 0 and at most a year */
        public Minutes {
            if (!(count > 0 && count <= MOST)) {
                throw new InvalidInputException(
                        "--minutes must be above 0 and at most " + (long) MOST + ", found " + count);
            }
        }

        double seconds() {
            return 60 * count;
        }
    }
}
