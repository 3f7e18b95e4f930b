package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** Squeeze-excite's, pooling's, the residual's and sums' loops; small methods for the reason in {@link NormRows}. */
final class PixelRows {
    private PixelRows() {}

    static void add(FloatWindow x, long at, float[] sums) {
        for (int k = 0; k < sums.length; k += Lanes.COUNT) {
            Lanes.of(sums, k).add(Lanes.load(x, at + 4L * k)).intoArray(sums, k);
        }
    }

    /** {@link #add} of four tiles. */
    static void add4(FloatWindow x, long at, float[] sums) {
        long step = 4L * sums.length;
        for (int k = 0; k < sums.length; k += Lanes.COUNT) {
            long first = at + 4L * k;
            FloatVector two = Lanes.load(x, first).add(Lanes.load(x, first + step));
            FloatVector four = Lanes.load(x, first + 2 * step)
                    .add(Lanes.load(x, first + 3 * step))
                    .add(two);
            Lanes.of(sums, k).add(four).intoArray(sums, k);
        }
    }

    /** Adds a whole region to another. */
    static void addTo(FloatWindow target, FloatWindow source, long bytes) {
        for (long at = 0; at < bytes; at += 4L * Lanes.COUNT) {
            Lanes.store(Lanes.load(target, at).add(Lanes.load(source, at)), target, at);
        }
    }

    static void copy(FloatWindow x, FloatWindow result, long bytes) {
        for (long at = 0; at < bytes; at += 4L * Lanes.COUNT) {
            Lanes.store(Lanes.unchanged(Lanes.load(x, at)), result, at);
        }
    }

    /** Swish of so many floats in place. */
    static void swish(FloatWindow x, long at, int floats) {
        for (int k = 0; k < floats; k += Lanes.COUNT) {
            Lanes.store(SwishLanes.swish(Lanes.load(x, at + 4L * k)), x, at + 4L * k);
        }
    }

    /** Swish of a tile in place, added to the sums. */
    static void swishAdd(FloatWindow x, long at, float[] sums) {
        for (int k = 0; k < sums.length; k += Lanes.COUNT) {
            FloatVector value = SwishLanes.swish(Lanes.load(x, at + 4L * k));
            Lanes.store(value, x, at + 4L * k);
            Lanes.of(sums, k).add(value).intoArray(sums, k);
        }
    }

    static void addProduct(FloatWindow x, FloatWindow y, long at, float[] sums) {
        for (int k = 0; k < sums.length; k += Lanes.COUNT) {
            Lanes.load(x, at + 4L * k)
                    .fma(Lanes.load(y, at + 4L * k), Lanes.of(sums, k))
                    .intoArray(sums, k);
        }
    }

    /** {@link #addProduct} of two tiles. */
    static void addProduct2(FloatWindow x, FloatWindow y, long at, float[] sums) {
        long step = 4L * sums.length;
        for (int k = 0; k < sums.length; k += Lanes.COUNT) {
            long first = at + 4L * k;
            FloatVector one = Lanes.load(x, first).fma(Lanes.load(y, first), Lanes.of(sums, k));
            Lanes.load(x, first + step).fma(Lanes.load(y, first + step), one).intoArray(sums, k);
        }
    }

    static void scale(FloatWindow x, FloatWindow result, long at, float[] factor) {
        for (int k = 0; k < factor.length; k += Lanes.COUNT) {
            Lanes.store(Lanes.load(x, at + 4L * k).mul(Lanes.of(factor, k)), result, at + 4L * k);
        }
    }

    static void affine(FloatWindow x, FloatWindow result, long at, float[] factor, float[] summand) {
        for (int k = 0; k < factor.length; k += Lanes.COUNT) {
            Lanes.store(Lanes.load(x, at + 4L * k).fma(Lanes.of(factor, k), Lanes.of(summand, k)), result, at + 4L * k);
        }
    }

    /** {@code gradient *= gate (1 - gate)}. */
    static void throughSigmoid(FloatWindow gate, FloatWindow gradient, long bytes) {
        for (long at = 0; at < bytes; at += 4L * Lanes.COUNT) {
            FloatVector value = Lanes.load(gate, at);
            FloatVector slope = value.sub(value.mul(value));
            Lanes.store(Lanes.load(gradient, at).mul(slope), gradient, at);
        }
    }

    /** {@code result = shortcut + factor x}. */
    static void addScaled(FloatWindow x, FloatWindow shortcut, FloatWindow result, long at, int floats, float factor) {
        FloatVector factors = FloatVector.broadcast(Lanes.SPECIES, factor);
        for (int k = 0; k < floats; k += Lanes.COUNT) {
            FloatVector sum = Lanes.load(x, at + 4L * k).fma(factors, Lanes.load(shortcut, at + 4L * k));
            Lanes.store(sum, result, at + 4L * k);
        }
    }

    /** {@code copy = x} and {@code result = factor x}. */
    static void copyAndScale(FloatWindow x, FloatWindow copy, FloatWindow result, long at, int floats, float factor) {
        FloatVector factors = FloatVector.broadcast(Lanes.SPECIES, factor);
        for (int k = 0; k < floats; k += Lanes.COUNT) {
            FloatVector value = Lanes.load(x, at + 4L * k);
            Lanes.store(Lanes.unchanged(value), copy, at + 4L * k);
            Lanes.store(value.mul(factors), result, at + 4L * k);
        }
    }

    /** {@code result[g] = x[g] factors[channels[g]]} for vectors g. */
    static void scaleEach(FloatWindow x, FloatWindow result, int[] channels, float[] factors) {
        for (int g = 0; g < channels.length; g++) {
            long at = 4L * g * Lanes.COUNT;
            Lanes.store(Lanes.load(x, at).mul(factors[channels[g]]), result, at);
        }
    }

    static void fill(FloatWindow result, long at, float[] values) {
        for (int k = 0; k < values.length; k += Lanes.COUNT) {
            Lanes.store(Lanes.of(values, k), result, at + 4L * k);
        }
    }
}
