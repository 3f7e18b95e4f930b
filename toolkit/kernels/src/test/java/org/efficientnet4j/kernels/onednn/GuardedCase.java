package org.efficientnet4j.kernels.onednn;

import java.util.Random;
import java.util.function.Consumer;

/** One operation of oneDNN as the kernels ask for it, run on guarded arrays and compared with plain loops. */
record GuardedCase(String name, Consumer<GuardedArrays> run) {
    /** Uniform in -1 ... 1, the same at each call. */
    static float[] values(int count) {
        Random random = new Random(count);
        float[] result = new float[count];
        for (int i = 0; i < count; i++) {
            result[i] = 2 * random.nextFloat() - 1;
        }
        return result;
    }

    /** @param terms how many products of two values a result is the sum of */
    static void assertClose(String what, double[] expected, float[] actual, int terms) {
        double tolerance = 1e-5 * Math.sqrt(Math.max(terms, 1));
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
                throw new AssertionError(what + "[" + i + "] must be " + (float) expected[i] + ", found " + actual[i]);
            }
        }
    }
}
