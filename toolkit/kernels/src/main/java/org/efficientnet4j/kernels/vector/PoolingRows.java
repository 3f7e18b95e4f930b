package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A pooling's loops over one window's channels; small methods for the reason in {@link NormRows}. */
final class PoolingRows {
    private PoolingRows() {}

    /**
     * The maximum.
     *
     * @param pixels byte offsets of the window's pixels in x
     * @param at byte offset of the result
     * @param bytes of the channels, whole vectors
     */
    static void maximum(FloatWindow x, long[] pixels, int count, FloatWindow result, long at, long bytes) {
        for (long channel = 0; channel < bytes; channel += 4L * Lanes.COUNT) {
            FloatVector largest = Lanes.load(x, pixels[0] + channel);
            for (int i = 1; i < count; i++) {
                largest = largest.max(Lanes.load(x, pixels[i] + channel));
            }
            Lanes.store(largest, result, at + channel);
        }
    }

    /** The sum times a factor. */
    static void mean(FloatWindow x, long[] pixels, int count, float share, FloatWindow result, long at, long bytes) {
        for (long channel = 0; channel < bytes; channel += 4L * Lanes.COUNT) {
            FloatVector sum = Lanes.load(x, pixels[0] + channel);
            for (int i = 1; i < count; i++) {
                sum = sum.add(Lanes.load(x, pixels[i] + channel));
            }
            Lanes.store(sum.mul(share), result, at + channel);
        }
    }

    /** Adds the gradient to the first pixel that has the maximum. */
    static void throughMaximum(
            FloatWindow x, long[] pixels, int count, FloatWindow given, long at, FloatWindow dx, long bytes) {
        for (long channel = 0; channel < bytes; channel += 4L * Lanes.COUNT) {
            FloatVector largest = Lanes.load(x, pixels[0] + channel);
            for (int i = 1; i < count; i++) {
                largest = largest.max(Lanes.load(x, pixels[i] + channel));
            }
            FloatVector remaining = Lanes.load(given, at + channel);
            for (int i = 0; i < count; i++) {
                FloatVector value = Lanes.load(x, pixels[i] + channel);
                FloatVector kept = remaining.blend(0f, value.compare(VectorOperators.EQ, largest));
                FloatVector sum = Lanes.load(dx, pixels[i] + channel).add(remaining.sub(kept));
                Lanes.store(sum, dx, pixels[i] + channel);
                remaining = kept;
            }
        }
    }

    /** Adds the gradient times a factor to all pixels. */
    static void throughMean(
            long[] pixels, int count, float share, FloatWindow given, long at, FloatWindow dx, long bytes) {
        for (long channel = 0; channel < bytes; channel += 4L * Lanes.COUNT) {
            FloatVector each = Lanes.load(given, at + channel).mul(share);
            for (int i = 0; i < count; i++) {
                Lanes.store(Lanes.load(dx, pixels[i] + channel).add(each), dx, pixels[i] + channel);
            }
        }
    }
}
