package org.efficientnet4j.kernels.onednn.loops;

import org.efficientnet4j.kernels.memory.MemoryHash;

/** A compiled inference's loops between the convolutions, each by the calling thread alone. Arguments are addresses. */
public interface InferenceLoops {
    /** Adds the sum over pixels of {@code x} {@code [pixels, channels]} to {@code sums[from ... from + channels - 1]}. */
    void addPixels(long x, int pixels, int channels, double[] sums, int from);

    /** Swish in place of so many floats. */
    void swish(long x, long count);

    /** Both: swish in place, and the sums of what it gives, as {@link #addPixels}. */
    void swishAndAddPixels(long x, int pixels, int channels, double[] sums, int from);

    /** {@code x[pixel, c] *= factors[from + c]}. */
    void scalePixels(long x, int pixels, int channels, float[] factors, int from);

    /** How many floats {@link #scaleGroups} takes at a time. */
    int group();

    /** {@code result[g, i] = x[g, i] factors[channels[g]]} for groups g of {@link #group()} floats. */
    void scaleGroups(long x, long result, int[] channels, float[] factors);

    /** The loops of a pooling over windows. */
    PoolingLoops pooling();

    /** The transforms of Winograd's convolution. */
    WinogradLoops winograd();

    /** The hash by which writes into parameters are noticed. */
    MemoryHash hash();

    /** {@code target += source}, so many floats. */
    void add(long target, long source, long count);
}
