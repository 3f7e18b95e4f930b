package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sigmoid by vectors, to some 2e-7 for |z| below 20: exp(-z) as 2^n 2^f with n rounded by adding and subtracting
 * 1.5 * 2^23 and 2^f a minimax polynomial on [-1/2, 1/2] (relative error 7.5e-8); then a reciprocal that starts from
 * the bits (error 1.2e-3 after a first, tuned step) and ends with one cubic step. The division instruction takes longer
 * than all the rest. n is clamped as an integer: the Vector API's float minimum is slow, since it minds NaN.
 */
final class SwishLanes {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
    private static final float ROUNDER = 12582912f;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    private static final int MANTISSA_BITS = 23;

    private static final float MINUS_LOG2_E = (float) (-1 / Math.log(2));
    private static final float P0 = 1.0000001f;
    private static final float P1 = 0.69314694f;
    private static final float P2 = 0.2402212f;
    private static final float P3 = 0.05550713f;
    private static final float P4 = 0.009675541f;
    private static final float P5 = 0.0013276472f;
    private static final int SMALLEST = ROUNDER_BITS - 125;
    private static final int LARGEST = ROUNDER_BITS + 120;

    /** Minus these bits less those of -d are about the bits of 1 / d; the sign of -d falls out. */
    private static final int RECIPROCAL_BITS = 0x7EF00000 + Integer.MIN_VALUE;

    private static final float FIRST_STEP = 2.0321286f;
    private static final float FIRST_SLOPE = 1.0311693f;

    private SwishLanes() {}

    /** {@code 1 / (1 + exp(-z))}. */
    static FloatVector sigmoid(FloatVector z) {
        FloatVector rounded = z.fma(floats(MINUS_LOG2_E), floats(ROUNDER));
        FloatVector f = z.fma(floats(MINUS_LOG2_E), floats(ROUNDER).sub(rounded));
        FloatVector power = floats(P5).fma(f, floats(P4)).fma(f, floats(P3)).fma(f, floats(P2));
        IntVector n = rounded.reinterpretAsInts()
                .max(ints(SMALLEST))
                .min(ints(LARGEST))
                .lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        IntVector exponential =
                power.fma(f, floats(P1)).fma(f, floats(P0)).reinterpretAsInts().add(n);
        return minusReciprocal(floats(-1).sub(exponential.reinterpretAsFloats()));
    }

    /** {@code -1 / x} for {@code x} below 0. */
    private static FloatVector minusReciprocal(FloatVector x) {
        FloatVector guess = ints(RECIPROCAL_BITS).sub(x.reinterpretAsInts()).reinterpretAsFloats();
        FloatVector better = guess.mul(x.mul(guess).fma(floats(FIRST_SLOPE), floats(FIRST_STEP)));
        FloatVector error = x.fma(better, floats(1));
        return better.fma(error.fma(error, error), better);
    }

    /** {@code z sigmoid(z)}. */
    static FloatVector swish(FloatVector z) {
        return z.mul(sigmoid(z));
    }

    /** {@code sigmoid(z) (1 + z (1 - sigmoid(z)))}. */
    static FloatVector slope(FloatVector z) {
        FloatVector gate = sigmoid(z);
        return gate.mul(floats(1).sub(gate).fma(z, floats(1)));
    }

    /** A constant in a register; a vector object's lanes would be loaded each time, across two cache lines. */
    private static FloatVector floats(float value) {
        return FloatVector.broadcast(Lanes.SPECIES, value);
    }

    private static IntVector ints(int value) {
        return IntVector.broadcast(INTS, value);
    }
}
