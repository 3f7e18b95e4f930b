package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * A gated activation's loops over one tile; small methods for the reason in {@link NormRows}. y is the convolution's
 * output, {@code z = scale y + shift}, {@code a = swish(z)}.
 */
final class GatedRows {
    private GatedRows() {}

    /** Adds a. */
    static void addSwish(FloatWindow y, long at, float[] scale, float[] shift, float[] sums) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            Lanes.of(sums, k).add(SwishLanes.swish(z)).intoArray(sums, k);
        }
    }

    /** {@code gate a}. */
    static void gatedSwish(FloatWindow y, FloatWindow result, long at, float[] scale, float[] shift, float[] gate) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            Lanes.store(SwishLanes.swish(z).mul(Lanes.of(gate, k)), result, at + 4L * k);
        }
    }

    /** a and {@code swish'(z)}, to the arrays from an index on. */
    static void swishAndSlope(
            FloatWindow y, long at, float[] scale, float[] shift, float[] swish, float[] slope, int from) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            FloatVector sigmoid = SwishLanes.sigmoid(z);
            FloatVector activated = z.mul(sigmoid);
            activated.intoArray(swish, from + k);
            // s (1 + z (1 - s)) = s + a - a s
            sigmoid.add(activated.sub(activated.mul(sigmoid))).intoArray(slope, from + k);
        }
    }

    /**
     * Writes {@code gate a} and adds {@code gradient a}; then a's place takes {@code gradient slope}.
     *
     * @param swish a, from an index on
     */
    static void gate(
            FloatWindow gradient,
            FloatWindow result,
            long at,
            float[] swish,
            float[] slope,
            int from,
            float[] gate,
            float[] sums) {
        for (int k = 0; k < gate.length; k += Lanes.COUNT) {
            FloatVector activated = Lanes.of(swish, from + k);
            FloatVector given = Lanes.load(gradient, at + 4L * k);
            Lanes.store(activated.mul(Lanes.of(gate, k)), result, at + 4L * k);
            given.fma(activated, Lanes.of(sums, k)).intoArray(sums, k);
            given.mul(Lanes.of(slope, from + k)).intoArray(swish, from + k);
        }
    }

    /** {@code dz = (gate gradient + summand) swish'(z)}. */
    static void swishGradient(
            FloatWindow y,
            FloatWindow gradient,
            long at,
            float[] scale,
            float[] shift,
            float[] gate,
            float[] summand,
            float[] dz) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            FloatVector given = Lanes.load(gradient, at + 4L * k).fma(Lanes.of(gate, k), Lanes.of(summand, k));
            SwishLanes.slope(z).mul(given).intoArray(dz, k);
        }
    }
}
