package org.efficientnet4j.kernels;

import static org.efficientnet4j.kernels.FastConvolutionTest.assumeRuns;
import static org.efficientnet4j.kernels.KernelCase.arrays;
import static org.efficientnet4j.kernels.KernelCase.assertClose;
import static org.efficientnet4j.kernels.KernelCase.inDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.PoolingSettings.Adaptive;
import org.efficientnet4j.kernels.PoolingSettings.Spatial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every provider's pooling against sums and maxima taken one by one. */
class WindowPoolingTest {
    static List<Object[]> cases() {
        List<Object[]> result = new ArrayList<>();
        List<PoolingSettings> all = List.of(
                new Spatial(true, 3, 2, 1, false),
                new Spatial(true, 3, 2, 0, true),
                new Spatial(true, 2, 2, 0, false),
                new Spatial(true, 3, 1, 1, true),
                new Spatial(true, 2, 3, 1, true),
                new Spatial(false, 2, 2, 0, false),
                new Spatial(false, 3, 2, 1, true),
                new Spatial(false, 5, 3, 2, true),
                new Adaptive(1, 1),
                new Adaptive(7, 7),
                new Adaptive(3, 2));
        for (KernelProvider provider : KernelProviders.all()) {
            for (PoolingSettings settings : all) {
                result.add(new Object[] {provider, settings});
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsSumsAndMaximaTakenOneByOne(KernelProvider provider, PoolingSettings settings) {
        assumeRuns(provider);
        for (int[] shape : new int[][] {{3, 9, 7, 5}, {1, 6, 13, 1}, {2, 8, 8, 24}, {1, 7, 5, 16}}) {
            KernelCase values = KernelCase.create();
            INDArray input = values.values(-3, 1, shape[0], shape[1], shape[2], shape[3]);
            WindowPoolingKernel kernel = provider.windowPooling(settings);
            INDArray found = kernel.forward(input, arrays(DataType.FLOAT));
            INDArray epsilon = values.values(0.2, 1, found.shape());
            INDArray given = epsilon.dup();
            INDArray back = kernel.backward(input, epsilon, arrays(DataType.FLOAT));
            assertEquals(given, epsilon);
            Naive naive = Naive.of(settings, inDouble(input), inDouble(epsilon));
            assertClose(settings + " output", naive.output, found);
            assertClose(settings + " gradient", naive.gradient, back);
        }
    }

    /** The first of several pixels with the maximum gets the gradient, once. */
    @ParameterizedTest
    @MethodSource("cases")
    void givesEqualPixelsTheGradientOnce(KernelProvider provider, PoolingSettings settings) {
        assumeRuns(provider);
        INDArray input = KernelCase.create().values(1, 0, 2, 6, 6, 9);
        WindowPoolingKernel kernel = provider.windowPooling(settings);
        INDArray epsilon = KernelCase.create()
                .values(0, 1, kernel.forward(input, arrays(DataType.FLOAT)).shape());
        INDArray back = kernel.backward(input, epsilon, arrays(DataType.FLOAT));
        assertClose("gradient", Naive.of(settings, inDouble(input), inDouble(epsilon)).gradient, back);
    }

    /** Loops over PyTorch's definitions, with their own arithmetic of windows. */
    private record Naive(INDArray output, INDArray gradient) {
        static Naive of(PoolingSettings settings, INDArray x, INDArray epsilon) {
            INDArray output = epsilon.ulike();
            INDArray gradient = x.ulike().assign(0);
            for (long n = 0; n < x.size(0); n++) {
                for (int row = 0; row < output.size(1); row++) {
                    for (int column = 0; column < output.size(2); column++) {
                        int[] h = range(settings, row, (int) x.size(1), (int) output.size(1));
                        int[] w = range(settings, column, (int) x.size(2), (int) output.size(2));
                        for (long c = 0; c < x.size(3); c++) {
                            pool(settings, x, epsilon, output, gradient, new long[] {n, row, column, c}, h, w);
                        }
                    }
                }
            }
            return new Naive(output, gradient);
        }

        private static int[] range(PoolingSettings settings, int index, int size, int count) {
            if (settings instanceof Spatial spatial) {
                int start = index * spatial.stride() - spatial.padding();
                int end = Math.min(start + spatial.kernel(), size + spatial.padding());
                return new int[] {start, end};
            }
            return new int[] {
                (int) Math.floor((double) index * size / count), (int) Math.ceil((index + 1.0) * size / count)
            };
        }

        private static void pool(
                PoolingSettings settings,
                INDArray x,
                INDArray epsilon,
                INDArray output,
                INDArray gradient,
                long[] at,
                int[] h,
                int[] w) {
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            long[] place = null;
            List<long[]> inside = new ArrayList<>();
            for (long i = Math.max(h[0], 0); i < Math.min(h[1], x.size(1)); i++) {
                for (long j = Math.max(w[0], 0); j < Math.min(w[1], x.size(2)); j++) {
                    long[] pixel = {at[0], i, j, at[3]};
                    double value = x.getDouble(pixel);
                    inside.add(pixel);
                    sum += value;
                    if (value > largest) {
                        largest = value;
                        place = pixel;
                    }
                }
            }
            double given = epsilon.getDouble(at);
            double area = (double) (h[1] - h[0]) * (w[1] - w[0]);
            if (settings.maximum()) {
                output.putScalar(at, largest);
                gradient.putScalar(place, gradient.getDouble(place) + given);
            } else {
                output.putScalar(at, sum / area);
                inside.forEach(pixel -> gradient.putScalar(pixel, gradient.getDouble(pixel) + given / area));
            }
        }
    }

    /** By torch.nn.MaxPool2d. */
    @ParameterizedTest
    @CsvSource({
        "112, 3, 2, 1, false, 56",
        "112, 3, 2, 0, true, 56",
        "56, 3, 2, 0, true, 28",
        "14, 2, 2, 0, true, 7",
        "7, 2, 2, 0, true, 4",
        "5, 2, 3, 1, true, 2",
        "4, 2, 3, 1, true, 2",
        "55, 3, 2, 0, false, 27",
        "2, 3, 2, 0, true, 0"
    })
    void hasPyTorchsOutputSize(int size, int kernel, int stride, int padding, boolean ceil, int expected) {
        assertEquals(expected, new Spatial(true, kernel, stride, padding, ceil).outputSize(size));
    }

    @Test
    void refusesMorePaddingThanHalfTheKernel() {
        assertThrows(InvalidInputException.class, () -> new Spatial(true, 3, 1, 2, false));
        assertThrows(InvalidInputException.class, () -> new Spatial(true, 0, 1, 0, false));
        assertThrows(InvalidInputException.class, () -> new Adaptive(0, 1));
    }
}
