package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;

/**
 * One thread's images of {@link DepthwiseGradients}, all in the thread that makes it: rows of the input x and of the
 * gradient dy by the output lie in its scratch memory, zero-padded left and right, in two rings of as many rows as the
 * kernel has.
 */
final class DepthwiseImage {
    private final int kernel;
    private final int stride;
    private final int channels;
    private final int height;
    private final int width;
    private final int outputHeight;
    private final int outputWidth;
    private final int padTop;
    private final int padLeft;
    private final DepthwiseTaps weights;
    private final DepthwiseTaps sums;
    private final long pixelBytes;
    private final Ring x;
    private final Ring dy;
    private final FloatWindow zeros;
    private final long spareRow;

    /** @param sums to which the weights' gradient is added */
    DepthwiseImage(ConvolutionSettings settings, int height, int width, DepthwiseTaps weights, DepthwiseTaps sums) {
        this.kernel = settings.kernel();
        this.stride = settings.stride();
        this.channels = settings.outChannels();
        this.height = height;
        this.width = width;
        this.weights = weights;
        this.sums = sums;
        outputHeight = settings.outputSize(height);
        outputWidth = settings.outputSize(width);
        padTop = settings.padBefore(height);
        padLeft = settings.padBefore(width);
        pixelBytes = 4L * channels;
        long reach = Math.max((outputWidth - 1) * stride + kernel, padLeft + width);
        // The last vector of a pixel reaches past its channels: a vector more than the rows need.
        long spare = 4L * Lanes.COUNT;
        long xBytes = kernel * (reach * pixelBytes) + spare;
        long dyBytes = kernel * (outputWidth + 2L * kernel) * pixelBytes + spare;
        long memory = ThreadScratch.address(Purpose.ROWS, xBytes + dyBytes + width * pixelBytes + 2 * spare);
        Addresses.clear(memory, xBytes + dyBytes + spare);
        x = new Ring(memory, xBytes, reach * pixelBytes, padLeft * pixelBytes);
        dy = new Ring(memory + xBytes, dyBytes, (outputWidth + 2L * kernel) * pixelBytes, kernel * pixelBytes);
        zeros = new FloatWindow(memory + xBytes + dyBytes, spare);
        spareRow = memory + xBytes + dyBytes + spare;
    }

    /** Padded rows, of which as many as the kernel has are there at a time. */
    private final class Ring {
        private final long address;
        private final FloatWindow window;
        private final long rowBytes;
        private final long padBytes;

        Ring(long address, long bytes, long rowBytes, long padBytes) {
            this.address = address;
            this.window = new FloatWindow(address, bytes);
            this.rowBytes = rowBytes;
            this.padBytes = padBytes;
        }

        /** Offset of a row, with its padding, in the window. */
        long start(int row) {
            return Math.floorMod(row, kernel) * rowBytes;
        }

        /** The address of a row's first pixel. */
        long pixels(int row) {
            return address + start(row) + padBytes;
        }
    }

    /**
     * Handles an image of the batch.
     *
     * @param inputGradient 0 where it is not wanted
     */
    void run(int image, RowGradient gradient, long input, long inputGradient) {
        long imageOffset = image * (height * (width * pixelBytes));
        long firstPixel = (long) image * outputHeight * outputWidth;
        int fetched = -padTop;
        int completed = 0;
        for (int row = 0; row < outputHeight; row++) {
            gradient.write(firstPixel + (long) row * outputWidth, outputWidth, dy.pixels(row));
            int first = row * stride - padTop;
            fetched = Math.max(fetched, first);
            for (; fetched < first + kernel; fetched++) {
                fetch(input + imageOffset, fetched);
            }
            addWeightGradient(row, first);
            if (inputGradient != 0) {
                int end = row == outputHeight - 1 ? height : Math.min(height, first + stride);
                for (; completed < end; completed++) {
                    writeInputGradient(inputGradient + imageOffset, completed);
                }
            }
        }
    }

    private void fetch(long image, int row) {
        if (row < 0 || row >= height) {
            Addresses.clear(x.pixels(row), width * pixelBytes);
        } else {
            Addresses.copy(image + row * (width * pixelBytes), x.pixels(row), width * pixelBytes);
        }
    }

    private void addWeightGradient(int row, int firstInputRow) {
        long dyAt = dy.start(row) + dy.padBytes;
        for (int kernelRow = 0; kernelRow < kernel; kernelRow++) {
            long xAt = x.start(firstInputRow + kernelRow);
            int tap = kernelRow * kernel * sums.stride;
            for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
                long offset = 4L * channel;
                if (kernel == 3) {
                    DepthwiseRows.products3(
                            x.window,
                            xAt + offset,
                            stride,
                            dy.window,
                            dyAt + offset,
                            outputWidth,
                            channels,
                            sums.values,
                            tap + channel,
                            sums.stride);
                } else {
                    DepthwiseRows.products5(
                            x.window,
                            xAt + offset,
                            stride,
                            dy.window,
                            dyAt + offset,
                            outputWidth,
                            channels,
                            sums.values,
                            tap + channel,
                            sums.stride);
                }
            }
        }
    }

    private void writeInputGradient(long imageGradient, int row) {
        long rowBytes = width * pixelBytes;
        long destination = imageGradient + row * rowBytes;
        boolean reachesPast = channels % Lanes.COUNT != 0;
        long place = reachesPast ? spareRow : destination;
        long bytes = reachesPast ? rowBytes + 4L * Lanes.COUNT : rowBytes;
        FloatWindow dx = new FloatWindow(place, bytes);
        // The first row of taps writes all of it, but where a vector reaches past its pixel or pixels take no tap.
        boolean begun = reachesPast || stride > kernel;
        if (begun) {
            Addresses.clear(place, bytes);
        }
        for (int kernelRow = 0; kernelRow < kernel; kernelRow++) {
            int from = row + padTop - kernelRow;
            if (from >= 0 && from % stride == 0 && from / stride < outputHeight) {
                addInputGradient(dx, begun, from / stride, kernelRow);
                begun = true;
            }
        }
        if (!begun) {
            Addresses.clear(place, rowBytes);
        }
        if (reachesPast) {
            Addresses.copy(place, destination, rowBytes);
        }
    }

    /**
     * Adds what one row of the output's gradient gives to a row of the input's, by pixels that take the same taps.
     *
     * @param begun whether there is something to add to
     */
    private void addInputGradient(FloatWindow dx, boolean begun, int outputRow, int kernelRow) {
        for (int phase = 0; phase < Math.min(stride, width); phase++) {
            int firstTap = (phase + padLeft) % stride;
            int taps = (kernel - firstTap + stride - 1) / stride;
            int pixels = (width - phase + stride - 1) / stride;
            long dyAt = dy.start(outputRow) + dy.padBytes + (phase + padLeft) / stride * pixelBytes;
            int tap = (kernelRow * kernel + firstTap) * weights.stride;
            for (int channel = 0; channel < channels; channel += Lanes.COUNT) {
                long offset = 4L * channel;
                spread(taps, dyAt + offset, dx, begun, phase * pixelBytes + offset, pixels, tap + channel);
            }
        }
    }

    private void spread(int taps, long dyAt, FloatWindow dx, boolean begun, long dxAt, int pixels, int tap) {
        long step = stride * pixelBytes;
        FloatWindow before = begun ? dx : zeros;
        long at = begun ? dxAt : 0;
        long beforeStep = begun ? step : 0;
        float[] w = weights.values;
        int next = stride * weights.stride;
        switch (taps) {
            case 0 -> {}
            case 1 ->
                DepthwiseRows.spread1(
                        dy.window, dyAt, pixelBytes, before, at, beforeStep, dx, dxAt, step, pixels, w, tap);
            case 2 ->
                DepthwiseRows.spread2(
                        dy.window, dyAt, pixelBytes, before, at, beforeStep, dx, dxAt, step, pixels, w, tap, next);
            case 3 ->
                DepthwiseRows.spread3(
                        dy.window, dyAt, pixelBytes, before, at, beforeStep, dx, dxAt, step, pixels, w, tap, next);
            default ->
                DepthwiseRows.spread5(
                        dy.window, dyAt, pixelBytes, before, at, beforeStep, dx, dxAt, step, pixels, w, tap, next);
        }
    }
}
