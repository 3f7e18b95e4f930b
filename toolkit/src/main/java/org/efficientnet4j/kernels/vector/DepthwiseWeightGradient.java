package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.FusedLoops.WeightGradient;

/**
 * The weight gradient of a 3x3 or 5x5 depthwise convolution. The input's rows under the kernel lie zero-padded in a ring
 * of as many rows as the kernel has; one row of the kernel at a time keeps its sums in registers along a row of the
 * output.
 */
final class DepthwiseWeightGradient implements WeightGradient {
    private final int kernel;
    private final int stride;
    private final int channels;
    private final Padding padding;

    DepthwiseWeightGradient(ConvolutionSettings settings) {
        this.kernel = settings.kernel();
        this.stride = settings.stride();
        this.channels = settings.outChannels();
        this.padding = settings.padding();
    }

    static boolean handles(ConvolutionSettings settings) {
        return settings.depthwise() && (settings.kernel() == 3 || settings.kernel() == 5);
    }

    @Override
    public Sums begin(int shares, int height, int width) {
        return new ShareSums(new Share[shares], height, width);
    }

    private final class ShareSums implements Sums {
        private final Share[] shares;
        private final int height;
        private final int width;

        ShareSums(Share[] shares, int height, int width) {
            this.shares = shares;
            this.height = height;
            this.width = width;
        }

        @Override
        public void add(int share, int piece, int images, long input, long outputGradient) {
            if (piece == 0) {
                shares[share] = new Share(height, width);
            }
            for (int image = 0; image < images; image++) {
                shares[share].add(input, outputGradient, image);
            }
        }

        @Override
        public void write(long gradient) {
            float[] result = new float[channels * kernel * kernel];
            int padded = roundedUp(channels);
            for (Share share : shares) {
                for (int channel = 0; channel < channels; channel++) {
                    for (int tap = 0; tap < kernel * kernel; tap++) {
                        result[channel * kernel * kernel + tap] += share.sums[tap * padded + channel];
                    }
                }
            }
            Addresses.floats(gradient, result.length).put(result);
        }
    }

    private static int roundedUp(int count) {
        return (count + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
    }

    /** One thread's images, all in the thread that makes it: its rows lie in the thread's scratch memory. */
    private final class Share {
        private final int height;
        private final int width;
        private final int outputHeight;
        private final int outputWidth;
        private final int padTop;
        private final int padLeft;
        private final long rowBytes;
        private final long gradientBytes;
        private final long ring;
        private final FloatWindow ringWindow;
        private final long gradientRow;
        private final FloatWindow gradientWindow;
        private final float[] sums = new float[kernel * kernel * roundedUp(channels)];

        Share(int height, int width) {
            this.height = height;
            this.width = width;
            outputHeight = Padding.outputSize(height, stride);
            outputWidth = Padding.outputSize(width, stride);
            padTop = padding.before(height, kernel, stride);
            padLeft = padding.before(width, kernel, stride);
            int paddedWidth = Math.max((outputWidth - 1) * stride + kernel, padLeft + width);
            rowBytes = 4L * paddedWidth * channels;
            gradientBytes = 4L * outputWidth * channels;
            // The last vector of a pixel reaches past its channels: some floats more than the rows need.
            long ringBytes = kernel * rowBytes + 4L * Lanes.COUNT;
            ring = ThreadScratch.address(Purpose.ROWS, ringBytes + gradientBytes + 8L * Lanes.COUNT);
            Addresses.clear(ring, ringBytes + gradientBytes + 8L * Lanes.COUNT);
            ringWindow = new FloatWindow(ring, ringBytes);
            gradientRow = ring + ringBytes;
            gradientWindow = new FloatWindow(gradientRow, gradientBytes + 4L * Lanes.COUNT);
        }

        void add(long input, long outputGradient, int image) {
            long image0 = input + 4L * image * height * width * channels;
            long gradient0 = outputGradient + (long) image * outputHeight * gradientBytes;
            int next = -padTop;
            for (int row = 0; row < outputHeight; row++) {
                int first = row * stride - padTop;
                next = Math.max(next, first);
                for (; next < first + kernel; next++) {
                    fetch(image0, next);
                }
                FloatWindow gradient = gradientRow(gradient0 + row * gradientBytes);
                for (int kernelRow = 0; kernelRow < kernel; kernelRow++) {
                    accumulate(slot(first + kernelRow) * rowBytes, gradient, kernelRow * kernel * roundedUp(channels));
                }
            }
        }

        /** A row where it lies, or copied to where the last vector may reach past it. */
        private FloatWindow gradientRow(long address) {
            if (channels % Lanes.COUNT == 0) {
                return new FloatWindow(address, gradientBytes);
            }
            Addresses.copy(address, gradientRow, gradientBytes);
            return gradientWindow;
        }

        private int slot(int row) {
            return Math.floorMod(row, kernel);
        }

        private void fetch(long image, int row) {
            long slot = ring + slot(row) * rowBytes;
            if (row < 0 || row >= height) {
                Addresses.clear(slot, rowBytes);
            } else {
                long bytes = 4L * width * channels;
                Addresses.copy(image + row * bytes, slot + 4L * padLeft * channels, bytes);
            }
        }

        private void accumulate(long rowStart, FloatWindow gradient, int sumStart) {
            int padded = roundedUp(channels);
            for (int channel = 0; channel < padded; channel += Lanes.COUNT) {
                long x = rowStart + 4L * channel;
                if (kernel == 3) {
                    DepthwiseRows.row3(
                            ringWindow,
                            x,
                            stride,
                            gradient,
                            4L * channel,
                            outputWidth,
                            channels,
                            sums,
                            sumStart + channel,
                            padded);
                } else {
                    DepthwiseRows.row5(
                            ringWindow,
                            x,
                            stride,
                            gradient,
                            4L * channel,
                            outputWidth,
                            channels,
                            sums,
                            sumStart + channel,
                            padded);
                }
            }
        }
    }
}
