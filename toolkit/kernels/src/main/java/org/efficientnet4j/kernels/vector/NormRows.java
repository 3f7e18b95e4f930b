package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Batch norm's loops over one tile. Each is a method of its own, small enough for the JIT compiler to inline
 * every vector operation; in larger ones vectors end up as objects on the heap, several times slower. y is the
 * convolution's output.
 */
final class NormRows {
    private NormRows() {}

    /** Adds {@code y - pivot} and its square. */
    static void moments(FloatWindow y, long at, float[] pivot, float[] sums, float[] squares) {
        for (int k = 0; k < pivot.length; k += Lanes.COUNT) {
            FloatVector value = Lanes.load(y, at + 4L * k).sub(Lanes.of(pivot, k));
            Lanes.of(sums, k).add(value).intoArray(sums, k);
            value.fma(value, Lanes.of(squares, k)).intoArray(squares, k);
        }
    }

    /** {@link #moments} of four tiles: their sums go through memory once. */
    static void moments4(FloatWindow y, long at, float[] pivot, float[] sums, float[] squares) {
        long step = 4L * pivot.length;
        for (int k = 0; k < pivot.length; k += Lanes.COUNT) {
            FloatVector shift = Lanes.of(pivot, k);
            long first = at + 4L * k;
            FloatVector a = Lanes.load(y, first).sub(shift);
            FloatVector b = Lanes.load(y, first + step).sub(shift);
            FloatVector c = Lanes.load(y, first + 2 * step).sub(shift);
            FloatVector d = Lanes.load(y, first + 3 * step).sub(shift);
            Lanes.of(sums, k).add(a.add(b).add(c.add(d))).intoArray(sums, k);
            d.fma(d, c.fma(c, b.fma(b, a.fma(a, Lanes.of(squares, k))))).intoArray(squares, k);
        }
    }

    /** Adds {@code dz} and {@code dz (y - mean)}. */
    static void gradientSums(FloatWindow y, FloatWindow dz, long at, float[] mean, float[] sums, float[] products) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector gradient = Lanes.load(dz, at + 4L * k);
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(Lanes.of(mean, k));
            Lanes.of(sums, k).add(gradient).intoArray(sums, k);
            gradient.fma(centred, Lanes.of(products, k)).intoArray(products, k);
        }
    }

    /** {@link #gradientSums} of four tiles: their sums go through memory once. */
    static void gradientSums4(FloatWindow y, FloatWindow dz, long at, float[] mean, float[] sums, float[] products) {
        int tile = mean.length;
        long step = 4L * tile;
        for (int k = 0; k < tile; k += Lanes.COUNT) {
            FloatVector shift = Lanes.of(mean, k);
            long first = at + 4L * k;
            FloatVector a = Lanes.load(dz, first);
            FloatVector b = Lanes.load(dz, first + step);
            FloatVector c = Lanes.load(dz, first + 2 * step);
            FloatVector d = Lanes.load(dz, first + 3 * step);
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

    /** {@code dy = scale dz + slope y + shift}. */
    static void gradient(
            FloatWindow y, FloatWindow dz, FloatWindow result, long at, float[] scale, float[] slope, float[] shift) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector through = Lanes.load(y, at + 4L * k).fma(Lanes.of(slope, k), Lanes.of(shift, k));
            Lanes.store(Lanes.load(dz, at + 4L * k).fma(Lanes.of(scale, k), through), result, at + 4L * k);
        }
    }
}
