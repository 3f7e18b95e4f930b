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

    /** {@link NormRows#gradientSums} of a gradient in an array. */
    static void gradientSums(FloatWindow y, long at, float[] dz, float[] mean, float[] sums, float[] products) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector gradient = Lanes.of(dz, k);
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(Lanes.of(mean, k));
            Lanes.of(sums, k).add(gradient).intoArray(sums, k);
            gradient.fma(centred, Lanes.of(products, k)).intoArray(products, k);
        }
    }

    /** {@link #gradientSums} of four tiles: their sums go through memory once. */
    static void gradientSums4(FloatWindow y, long at, float[] dz, float[] mean, float[] sums, float[] products) {
        int tile = mean.length;
        long step = 4L * tile;
        for (int k = 0; k < tile; k += Lanes.COUNT) {
            FloatVector shift = Lanes.of(mean, k);
            long first = at + 4L * k;
            FloatVector a = Lanes.of(dz, k);
            FloatVector b = Lanes.of(dz, tile + k);
            FloatVector c = Lanes.of(dz, 2 * tile + k);
            FloatVector d = Lanes.of(dz, 3 * tile + k);
            Lanes.of(sums, k).add(a.add(b).add(c.add(d))).intoArray(sums, k);
            FloatVector ab = b.fma(
                    Lanes.load(y, first + step).sub(shift),
                    a.fma(Lanes.load(y, first).sub(shift), Lanes.of(products, k)));
            d.fma(
                            Lanes.load(y, first + 3 * step).sub(shift),
                            c.fma(Lanes.load(y, first + 2 * step).sub(shift), ab))
                    .intoArray(products, k);
        }
    }

    /** {@link NormRows#gradient} of a gradient in an array. */
    static void gradient(
            FloatWindow y, FloatWindow result, long at, float[] dz, float[] scale, float[] slope, float[] shift) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector through = Lanes.load(y, at + 4L * k).fma(Lanes.of(slope, k), Lanes.of(shift, k));
            Lanes.store(Lanes.of(dz, k).fma(Lanes.of(scale, k), through), result, at + 4L * k);
        }
    }
}
