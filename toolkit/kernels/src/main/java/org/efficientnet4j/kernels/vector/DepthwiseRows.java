package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The loops of a depthwise convolution's gradients over a row, for one vector of channels; methods of their own for the
 * reason in NormRows.
 */
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
    static void products3(
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

    /** {@link #products3} for five taps. */
    static void products5(
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

    /**
     * Writes to pixels of dx what was before and what one of the kernel's taps makes of dy.
     *
     * @param pixel bytes from one pixel of dy to the next
     * @param beforeStep bytes from one pixel's sum so far to the next; 0 where all are the same
     * @param dxStep bytes from one pixel of dx to the next that takes these taps
     * @param tap index of the first tap's weights
     */
    static void spread1(
            FloatWindow dy,
            long dyAt,
            long pixel,
            FloatWindow before,
            long beforeAt,
            long beforeStep,
            FloatWindow dx,
            long dxAt,
            long dxStep,
            int pixels,
            float[] weights,
            int tap) {
        FloatVector w0 = Lanes.of(weights, tap);
        long in = dyAt;
        long out = dxAt;
        long sums = beforeAt;
        for (int i = 0; i < pixels; i++, in += pixel, out += dxStep, sums += beforeStep) {
            FloatVector sum = Lanes.load(dy, in).fma(w0, Lanes.load(before, sums));
            Lanes.store(sum, dx, out);
        }
    }

    /**
     * Writes to pixels of dx what was before and what two of the kernel's taps make of dy: of the pixel at {@code dyAt} the
     * first, of those before it the others.
     *
     * @param pixel bytes from one pixel of dy to the next
     * @param beforeStep bytes from one pixel's sum so far to the next; 0 where all are the same
     * @param dxStep bytes from one pixel of dx to the next that takes these taps
     * @param tap index of the first tap's weights
     * @param tapStep from one tap's weights to the next
     */
    static void spread2(
            FloatWindow dy,
            long dyAt,
            long pixel,
            FloatWindow before,
            long beforeAt,
            long beforeStep,
            FloatWindow dx,
            long dxAt,
            long dxStep,
            int pixels,
            float[] weights,
            int tap,
            int tapStep) {
        FloatVector w0 = Lanes.of(weights, tap);
        FloatVector w1 = Lanes.of(weights, tap + tapStep);
        long in = dyAt;
        long out = dxAt;
        long sums = beforeAt;
        for (int i = 0; i < pixels; i++, in += pixel, out += dxStep, sums += beforeStep) {
            FloatVector sum = Lanes.load(dy, in).fma(w0, Lanes.load(before, sums));
            sum = Lanes.load(dy, in - pixel).fma(w1, sum);
            Lanes.store(sum, dx, out);
        }
    }

    /** {@link #spread2} for three taps. */
    static void spread3(
            FloatWindow dy,
            long dyAt,
            long pixel,
            FloatWindow before,
            long beforeAt,
            long beforeStep,
            FloatWindow dx,
            long dxAt,
            long dxStep,
            int pixels,
            float[] weights,
            int tap,
            int tapStep) {
        FloatVector w0 = Lanes.of(weights, tap);
        FloatVector w1 = Lanes.of(weights, tap + tapStep);
        FloatVector w2 = Lanes.of(weights, tap + 2 * tapStep);
        long in = dyAt;
        long out = dxAt;
        long sums = beforeAt;
        for (int i = 0; i < pixels; i++, in += pixel, out += dxStep, sums += beforeStep) {
            FloatVector sum = Lanes.load(dy, in).fma(w0, Lanes.load(before, sums));
            sum = Lanes.load(dy, in - pixel).fma(w1, sum);
            sum = Lanes.load(dy, in - 2 * pixel).fma(w2, sum);
            Lanes.store(sum, dx, out);
        }
    }

    /** {@link #spread2} for five taps. */
    static void spread5(
            FloatWindow dy,
            long dyAt,
            long pixel,
            FloatWindow before,
            long beforeAt,
            long beforeStep,
            FloatWindow dx,
            long dxAt,
            long dxStep,
            int pixels,
            float[] weights,
            int tap,
            int tapStep) {
        FloatVector w0 = Lanes.of(weights, tap);
        FloatVector w1 = Lanes.of(weights, tap + tapStep);
        FloatVector w2 = Lanes.of(weights, tap + 2 * tapStep);
        FloatVector w3 = Lanes.of(weights, tap + 3 * tapStep);
        FloatVector w4 = Lanes.of(weights, tap + 4 * tapStep);
        long in = dyAt;
        long out = dxAt;
        long sums = beforeAt;
        for (int i = 0; i < pixels; i++, in += pixel, out += dxStep, sums += beforeStep) {
            FloatVector sum = Lanes.load(dy, in).fma(w0, Lanes.load(before, sums));
            sum = Lanes.load(dy, in - pixel).fma(w1, sum);
            sum = Lanes.load(dy, in - 2 * pixel).fma(w2, sum);
            sum = Lanes.load(dy, in - 3 * pixel).fma(w3, sum);
            sum = Lanes.load(dy, in - 4 * pixel).fma(w4, sum);
            Lanes.store(sum, dx, out);
        }
    }
}
