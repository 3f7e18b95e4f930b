package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sigmoid by vectors: exp(-z) as 2^n times a polynomial on [-ln 2 / 2, ln 2 / 2] (relative error some 1e-7), n rounded
 * by adding and subtracting 1.5 * 2^23. n is clamped as an integer: the Vector API's float minimum is slow, since it
 * minds NaN.
 *
 * <p>Source: the polynomial is that of the Cephes library's expf.
 */
final class SwishLanes {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
    private static final float ROUNDER = 12582912f;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    private static final int MANTISSA_BITS = 23;

    private static final FloatVector ROUND = floats(ROUNDER);
    private static final FloatVector MINUS_LOG2_E = floats((float) (-1 / Math.log(2)));
    private static final FloatVector LN2_HIGH = floats(355f / 512);
    private static final FloatVector LN2_REST = floats((float) 2.12194440e-4);
    private static final FloatVector P0 = floats((float) 1.9875691500e-4);
    private static final FloatVector P1 = floats((float) 1.3981999507e-3);
    private static final FloatVector P2 = floats((float) 8.3334519073e-3);
    private static final FloatVector P3 = floats((float) 4.1665795894e-2);
    private static final FloatVector P4 = floats((float) 1.6666665459e-1);
    private static final FloatVector P5 = floats((float) 5.0000001201e-1);
    private static final FloatVector ONE = floats(1f);
    private static final IntVector SMALLEST = IntVector.broadcast(INTS, ROUNDER_BITS - 125);
    private static final IntVector LARGEST = IntVector.broadcast(INTS, ROUNDER_BITS + 120);

    private SwishLanes() {}

    /** {@code 1 / (1 + exp(-z))}. */
    static FloatVector sigmoid(FloatVector z) {
        FloatVector rounded = z.fma(MINUS_LOG2_E, ROUND);
        FloatVector n = rounded.sub(ROUND);
        FloatVector x = n.fma(LN2_REST, n.fma(LN2_HIGH, z).neg());
        FloatVector polynomial = P0.fma(x, P1).fma(x, P2).fma(x, P3).fma(x, P4).fma(x, P5);
        FloatVector exponential = polynomial.fma(x.mul(x), x).add(ONE);
        IntVector power =
                rounded.reinterpretAsInts().max(SMALLEST).min(LARGEST).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        FloatVector scaled = exponential.reinterpretAsInts().add(power).reinterpretAsFloats();
        return ONE.div(scaled.add(ONE));
    }

    /** {@code z sigmoid(z)}. */
    static FloatVector swish(FloatVector z) {
        return z.mul(sigmoid(z));
    }

    /** {@code sigmoid(z) (1 + z (1 - sigmoid(z)))}. */
    static FloatVector slope(FloatVector z) {
        FloatVector gate = sigmoid(z);
        return gate.mul(ONE.sub(gate).fma(z, ONE));
    }

    private static FloatVector floats(float value) {
        return FloatVector.broadcast(Lanes.SPECIES, value);
    }
}
