package org.efficientnet4j.kernels;

import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;

/** Pooling of windows of an image {@code [N, H, W, C]}, each channel by itself. */
public sealed interface PoolingSettings {
    /** The windows of rows in an image of a height; none where the padded image is smaller than a window. */
    List<Window> rows(int height);

    /** The windows of columns in an image of a width; none where the padded image is smaller than a window. */
    List<Window> columns(int width);

    /** True for the largest value of a window, false for its mean. */
    boolean maximum();

    /**
     * One window along one axis.
     *
     * @param first its first pixel in the image
     * @param end the pixel behind its last
     * @param counted pixels that a mean is divided by, padding among them
     */
    record Window(int first, int end, int counted) {}

    /**
     * Windows of one size at equal distances. Padding never is a maximum, and counts as zeros in a mean.
     *
     * @param maximum the largest value instead of the mean
     * @param kernel the window's height and width
     * @param stride both ways
     * @param padding pixels on each side, at most half the kernel
     * @param ceil an output size rounded up instead of down, where the last window still begins inside the image or the
     *     padding before it, as PyTorch has it
     */
    record Spatial(boolean maximum, int kernel, int stride, int padding, boolean ceil) implements PoolingSettings {
        /** @throws InvalidInputException for a number out of range */
        public Spatial {
            if (kernel < 1 || stride < 1) {
                throw new InvalidInputException(
                        "A pooling's kernel and stride must be at least 1, found " + kernel + " and " + stride);
            }
            if (padding < 0 || padding > kernel / 2) {
                throw new InvalidInputException(
                        "A pooling's padding must be from 0 to half its kernel of " + kernel + ", found " + padding);
            }
        }

        /** The output's height (or width) for the input's; 0 where the window does not fit. */
        public int outputSize(int inputSize) {
            int slack = inputSize + 2 * padding - kernel;
            if (slack < 0) {
                return 0;
            }
            int size = (ceil ? slack + stride - 1 : slack) / stride + 1;
            return ceil && (size - 1) * stride >= inputSize + padding ? size - 1 : size;
        }

        @Override
        public List<Window> rows(int inputHeight) {
            return windows(inputHeight);
        }

        @Override
        public List<Window> columns(int inputWidth) {
            return windows(inputWidth);
        }

        private List<Window> windows(int size) {
            return IntStream.range(0, outputSize(size))
                    .mapToObj(index -> window(index * stride - padding, size))
                    .toList();
        }

        private Window window(int start, int size) {
            int end = Math.min(start + kernel, size + padding);
            return new Window(Math.max(start, 0), Math.min(end, size), end - start);
        }
    }

    /**
     * The means of bins that cover the image: bin i of n begins at floor(i size / n) and ends at ceil((i + 1) size / n), as
     * PyTorch's adaptive pooling.
     *
     * @param height of the output
     * @param width of the output
     */
    record Adaptive(int height, int width) implements PoolingSettings {
        /** @throws InvalidInputException for a size below 1 */
        public Adaptive {
            if (height < 1 || width < 1) {
                throw new InvalidInputException(
                        "An adaptive pooling's output must be at least 1 x 1, found " + height + " x " + width);
            }
        }

        @Override
        public boolean maximum() {
            return false;
        }

        @Override
        public List<Window> rows(int inputHeight) {
            return bins(inputHeight, height);
        }

        @Override
        public List<Window> columns(int inputWidth) {
            return bins(inputWidth, width);
        }

        private static List<Window> bins(int size, int count) {
            return IntStream.range(0, count)
                    .mapToObj(index -> {
                        int first = (int) ((long) index * size / count);
                        int end = (int) (((index + 1L) * size + count - 1) / count);
                        return new Window(first, end, end - first);
                    })
                    .toList();
        }
    }
}
