package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Batch norm's and swish's loops over one tile. Each is a method of its own, small enough for the JIT compiler to inline
 * every vector operation; in larger ones vectors end up as objects on the heap, several times slower. y is the
 * convolution's output, {@code z = (y - mean) scale + beta}.
 */
final class NormRows {
    private NormRows() {}

    /** Adds {@code y - pivot} and its square. */
    static void moments(FloatWindow y, long at, float[] pivot, float[] sums, float[] squares) {
        for (int k = 0; k < pivot.length; k += Lanes.COUNT) {
            FloatVector value = Lanes.load(y, at + 4L * k).sub(lanes(pivot, k));
            lanes(sums, k).add(value).intoArray(sums, k);
            value.fma(value, lanes(squares, k)).intoArray(squares, k);
        }
    }

    static void affine(FloatWindow y, FloatWindow result, long at, float[] mean, float[] scale, float[] beta) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(lanes(mean, k));
            Lanes.store(centred.fma(lanes(scale, k), lanes(beta, k)), result, at + 4L * k);
        }
    }

    static void affineSwish(FloatWindow y, FloatWindow result, long at, float[] mean, float[] scale, float[] beta) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(lanes(mean, k));
            FloatVector z = centred.fma(lanes(scale, k), lanes(beta, k));
            Lanes.store(SwishLanes.swish(z), result, at + 4L * k);
        }
    }

    /** {@code dz = epsilon swish'(z)}. */
    static void swishGradient(
            FloatWindow y, FloatWindow epsilon, long at, float[] mean, float[] scale, float[] beta, float[] result) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(lanes(mean, k));
            FloatVector slope = SwishLanes.slope(centred.fma(lanes(scale, k), lanes(beta, k)));
            Lanes.load(epsilon, at + 4L * k).mul(slope).intoArray(result, k);
        }
    }

    static void copy(FloatWindow from, long at, float[] result) {
        for (int k = 0; k < result.length; k += Lanes.COUNT) {
            Lanes.load(from, at + 4L * k).intoArray(result, k);
        }
    }

    /** Adds {@code dz} and {@code dz (y - mean)}. */
    static void gradientSums(FloatWindow y, long at, float[] dz, float[] mean, float[] sums, float[] products) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector gradient = lanes(dz, k);
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(lanes(mean, k));
            lanes(sums, k).add(gradient).intoArray(sums, k);
            gradient.fma(centred, lanes(products, k)).intoArray(products, k);
        }
    }

    /** {@code dy = scale dz + slope (y - mean) + shift}, over y. */
    static void gradient(
            FloatWindow y, long at, float[] dz, float[] mean, float[] scale, float[] slope, float[] shift) {
        for (int k = 0; k < mean.length; k += Lanes.COUNT) {
            FloatVector centred = Lanes.load(y, at + 4L * k).sub(lanes(mean, k));
            FloatVector through = centred.fma(lanes(slope, k), lanes(shift, k));
            Lanes.store(lanes(dz, k).fma(lanes(scale, k), through), y, at + 4L * k);
        }
    }

    private static FloatVector lanes(float[] values, int from) {
        return FloatVector.fromArray(Lanes.SPECIES, values, from);
    }
}
