package org.efficientnet4j.kernels.onednn.loops;

import org.efficientnet4j.plan.Activation;

/**
 * Loops over float32 images {@code [N, H, W, C]} ({@code pixels} = H W) with a number for each channel of each image
 * {@code [N, C]}. Arguments are addresses.
 */
public interface PixelLoops {
    /** The same loops, run by the thread that calls them alone. */
    PixelLoops byCaller();

    /** {@code result[n, c] = mean over pixels of x}. */
    void mean(long x, long result, int images, int pixels, int channels);

    /** {@code result[n, c] = sum over pixels of x y}; {@code work} is as large as x and may be overwritten. */
    void dot(long x, long y, long result, long work, int images, int pixels, int channels);

    /** {@code result = x factor[n, c]}. */
    void scale(long x, long factor, long result, int images, int pixels, int channels);

    /** {@code result = x factor[n, c] + share summand[n, c]}; the summand may be overwritten. */
    void scaleAndShift(
            long x, long factor, long summand, float share, long result, int images, int pixels, int channels);

    /** {@code gradient *= gate (1 - gate)} for so many floats: the gradient through a sigmoid that gave {@code gate}. */
    void throughSigmoid(long gate, long gradient, int floats);

    /** {@code result[n, pixel, c] = share values[n, c]}. */
    void spread(long values, float share, long result, int images, int pixels, int channels);

    /** {@code result = activation(shortcut + factors[n] x)}, each image so many floats. */
    void addScaled(long x, float[] factors, long shortcut, Activation activation, long result, int images, long floats);

    /**
     * The gradient g through the activation of {@link #addScaled}, from the gradient {@code epsilon} by its result:
     * {@code copy = g} and {@code result = factors[n] g}.
     */
    void throughSum(
            long x,
            float[] factors,
            long shortcut,
            Activation activation,
            long epsilon,
            long copy,
            long result,
            int images,
            long floats);

    /**
     * The gradient through {@code sum = activation(shortcut + x)}, from the gradient {@code epsilon} by it; without an
     * activation, a copy.
     */
    void throughPlainSum(
            long x, long shortcut, long sum, Activation activation, long epsilon, long result, int images, long floats);

    /** {@code copy = x} and {@code result = factors[n] x}. */
    void copyAndScale(long x, float[] factors, long copy, long result, int images, long floats);

    /** Releases native memory. */
    default void close() {}
}
