package org.efficientnet4j.spec;

import org.efficientnet4j.core.InvalidInputException;

/** The rules both block kinds share. */
final class StageChecks {
    private StageChecks() {}

    static void check(int repeats, int kernel, int stride, int expandRatio, int outChannels, double squeezeExcite) {
        atLeastOne("repeats", repeats);
        atLeastOne("expand ratio", expandRatio);
        atLeastOne("output channels", outChannels);
        if (kernel < 1 || kernel % 2 == 0) {
            throw new InvalidInputException("A stage's kernel must be odd and positive, found " + kernel);
        }
        if (stride != 1 && stride != 2) {
            throw new InvalidInputException("A stage's stride must be 1 or 2, found " + stride);
        }
        if (!(squeezeExcite >= 0 && squeezeExcite <= 1)) {
            throw new InvalidInputException(
                    "A stage's squeeze-excite ratio must lie in [0, 1] (0 = none), found " + squeezeExcite);
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new InvalidInputException("A stage's " + what + " must be at least 1, found " + value);
        }
    }
}
