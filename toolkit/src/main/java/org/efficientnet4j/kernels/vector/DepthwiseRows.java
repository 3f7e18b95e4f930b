package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** The depthwise weight gradient's loops over a row of the output; methods of their own for the reason in NormRows. */
final class DepthwiseRows {
    private DepthwiseRows() {}

    /**
     * Adds a row of the output's gradient times the three pixels of x that meet each of its pixels.
     *
     * @param xAt byte offset of the first pixel of x, at one vector of channels
     * @param dyAt the same of the gradient
     * @param sum index of the kernel row's first sum
     * @param step from one tap's sums to the next
     */
    static void row3(
            FloatWindow x,
            long xAt,
            int stride,
            FloatWindow dy,
            long dyAt,
            int pixels,
            int channels,
            float[] sums,
            int sum,
            int step) {
        FloatVector s0 = Lanes.of(sums, sum);
        FloatVector s1 = Lanes.of(sums, sum + step);
        FloatVector s2 = Lanes.of(sums, sum + 2 * step);
        long pixel = 4L * channels;
        long in = xAt;
        long out = dyAt;
        for (int i = 0; i < pixels; i++, in += stride * pixel, out += pixel) {
            FloatVector gradient = Lanes.load(dy, out);
            s0 = Lanes.load(x, in).fma(gradient, s0);
            s1 = Lanes.load(x, in + pixel).fma(gradient, s1);
            s2 = Lanes.load(x, in + 2 * pixel).fma(gradient, s2);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + step);
        s2.intoArray(sums, sum + 2 * step);
    }

    /** {@link #row3} for five taps. */
    static void row5(
            FloatWindow x,
            long xAt,
            int stride,
            FloatWindow dy,
            long dyAt,
            int pixels,
            int channels,
            float[] sums,
            int sum,
            int step) {
        FloatVector s0 = Lanes.of(sums, sum);
        FloatVector s1 = Lanes.of(sums, sum + step);
        FloatVector s2 = Lanes.of(sums, sum + 2 * step);
        FloatVector s3 = Lanes.of(sums, sum + 3 * step);
        FloatVector s4 = Lanes.of(sums, sum + 4 * step);
        long pixel = 4L * channels;
        long in = xAt;
        long out = dyAt;
        for (int i = 0; i < pixels; i++, in += stride * pixel, out += pixel) {
            FloatVector gradient = Lanes.load(dy, out);
            s0 = Lanes.load(x, in).fma(gradient, s0);
            s1 = Lanes.load(x, in + pixel).fma(gradient, s1);
            s2 = Lanes.load(x, in + 2 * pixel).fma(gradient, s2);
            s3 = Lanes.load(x, in + 3 * pixel).fma(gradient, s3);
            s4 = Lanes.load(x, in + 4 * pixel).fma(gradient, s4);
        }
        s0.intoArray(sums, sum);
        s1.intoArray(sums, sum + step);
        s2.intoArray(sums, sum + 2 * step);
        s3.intoArray(sums, sum + 3 * step);
        s4.intoArray(sums, sum + 4 * step);
    }
}
