package org.efficientnet4j.kernels;

import static org.efficientnet4j.kernels.KernelCase.arrays;
import static org.efficientnet4j.kernels.KernelCase.assertClose;
import static org.efficientnet4j.kernels.KernelCase.inDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every fast provider's convolution block against the portable one in double precision. */
class FastConvolutionTest {
    static List<KernelProvider> providers() {
        List<KernelProvider> fast = new ArrayList<>(KernelProviders.all());
        fast.removeIf(provider -> provider.name().equals("portable"));
        return fast;
    }

    static List<Object[]> cases() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : providers()) {
            for (Padding padding : Padding.ADAPTING) {
                result.add(new Object[] {provider, settings(32, 32, 3, 4, true, true, padding)});
                for (int channels : new int[] {1, 7, 9}) {
                    result.add(new Object[] {provider, settings(channels, 10, 1, 2, false, true, padding)});
                }
                for (int stride = 1; stride <= 2; stride++) {
                    for (int kernel : new int[] {1, 3, 5}) {
                        result.add(new Object[] {provider, settings(3, 10, kernel, stride, false, true, padding)});
                        result.add(new Object[] {provider, settings(24, 40, kernel, stride, false, false, padding)});
                    }
                    for (int kernel : new int[] {3, 5}) {
                        result.add(new Object[] {provider, settings(10, 10, kernel, stride, true, true, padding)});
                        result.add(new Object[] {provider, settings(144, 144, kernel, stride, true, true, padding)});
                        result.add(new Object[] {provider, settings(40, 40, kernel, stride, true, false, padding)});
                    }
                }
            }
        }
        return result;
    }

    private static ConvolutionSettings settings(
            int in, int out, int kernel, int stride, boolean depthwise, boolean swish, Padding padding) {
        return KernelCase.normalised(
                in, out, kernel, stride, depthwise, swish ? Activation.SWISH : Activation.NONE, padding);
    }

    /** Every activation with batch norm and with a bias, and the shapes of other networks than EfficientNets. */
    static List<Object[]> otherCases() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : providers()) {
            for (Activation activation : Activation.values()) {
                for (Optional<BatchNorm> norm :
                        List.of(Optional.of(new BatchNorm(1e-5, 0.9)), Optional.<BatchNorm>empty())) {
                    result.add(other(provider, 10, 24, 3, 1, Padding.fixed(1), 1, activation, norm));
                    result.add(other(provider, 21, 21, 3, 2, Padding.SYMMETRIC, 21, activation, norm));
                    result.add(other(provider, 19, 33, 1, 1, Padding.NONE, 1, activation, norm));
                }
            }
            Optional<BatchNorm> bias = Optional.empty();
            for (int kernel : new int[] {2, 7, 11}) {
                for (int stride : new int[] {1, 2, 3, 4}) {
                    result.add(
                            other(provider, 3, 8, kernel, stride, Padding.fixed(kernel / 4), 1, Activation.RELU, bias));
                    result.add(other(provider, 5, 7, kernel, stride, Padding.SAME, 1, Activation.RELU6, bias));
                }
            }
            for (int stride : new int[] {1, 3, 4}) {
                result.add(other(provider, 12, 12, 5, stride, Padding.fixed(0), 12, Activation.RELU6, bias));
                result.add(other(provider, 12, 12, 3, stride, Padding.fixed(2), 12, Activation.RELU6, bias));
                result.add(other(provider, 1, 1, 3, stride, Padding.SAME, 1, Activation.NONE, bias));
                result.add(other(provider, 1, 6, 5, stride, Padding.fixed(2), 1, Activation.SIGMOID, bias));
                result.add(other(provider, 12, 20, 3, stride, Padding.fixed(1), 4, Activation.RELU, bias));
                result.add(other(provider, 6, 12, 3, stride, Padding.fixed(1), 6, Activation.RELU, bias));
                result.add(other(provider, 32, 64, 1, stride, Padding.NONE, 2, Activation.RELU, bias));
            }
        }
        return result;
    }

    private static Object[] other(
            KernelProvider provider,
            int in,
            int out,
            int kernel,
            int stride,
            Padding padding,
            int groups,
            Activation activation,
            Optional<BatchNorm> norm) {
        return new Object[] {
            provider, new ConvolutionSettings(in, out, kernel, stride, padding, groups, activation, norm)
        };
    }

    @ParameterizedTest
    @MethodSource("otherCases")
    void equalsThePortableKernelForOtherNetworksConvolutions(KernelProvider provider, ConvolutionSettings settings) {
        assumeRuns(provider);
        ConvolutionKernel kernel = provider.convolution(settings);
        for (int[] shape : new int[][] {{3, 13, 11}, {1, 12, 17}}) {
            compareTraining(kernel, settings, shape);
            compareInference(kernel, settings, shape);
            compareCompiled(provider, settings, shape);
        }
        kernel.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsThePortableKernelInDoublePrecisionWhateverTheBatchAndSize(
            KernelProvider provider, ConvolutionSettings settings) {
        assumeRuns(provider);
        ConvolutionKernel kernel = provider.convolution(settings);
        for (int[] shape : new int[][] {{3, 9, 7}, {1, 9, 7}, {2, 12, 12}, {3, 9, 7}, {1, 6, 5}}) {
            compareTraining(kernel, settings, shape);
            compareInference(kernel, settings, shape);
            compareCompiled(provider, settings, shape);
        }
        kernel.close();
    }

    /** Convolutions that a provider may compute by Winograd's transforms, where images are large: whole tiles, and others. */
    static List<Object[]> casesOfTiles() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : providers()) {
            for (Padding padding : List.of(Padding.fixed(1), Padding.NONE, Padding.fixed(2), Padding.SAME)) {
                for (int[] channels : new int[][] {{16, 48}, {32, 48}, {48, 112}}) {
                    result.add(other(
                            provider,
                            channels[0],
                            channels[1],
                            3,
                            1,
                            padding,
                            1,
                            Activation.SWISH,
                            Optional.of(new BatchNorm(1e-5, 0.9))));
                }
                result.add(other(provider, 32, 32, 3, 1, padding, 1, Activation.NONE, Optional.empty()));
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("casesOfTiles")
    void equalsThePortableKernelForTilesOfEverySize(KernelProvider provider, ConvolutionSettings settings) {
        assumeRuns(provider);
        ConvolutionKernel kernel = provider.convolution(settings);
        for (int[] shape : new int[][] {{5, 27, 30}, {3, 33, 16}, {3, 9, 8}}) {
            compareTraining(kernel, settings, shape);
            compareInference(kernel, settings, shape);
            compareCompiled(provider, settings, shape);
        }
        kernel.close();
    }

    /** Images whose outputs do not fit a core's cache, where a thread's share is taken in pieces. */
    @ParameterizedTest
    @MethodSource("providers")
    void equalsThePortableKernelOnLargeImages(KernelProvider provider) {
        assumeRuns(provider);
        int before = KernelThreads.shared().count();
        try {
            KernelThreads.shared().setCount(2);
            ConvolutionSettings rows = settings(3, 40, 1, 1, false, true, Padding.SAME);
            compareTraining(provider.convolution(rows), rows, new int[] {3, 95, 93});
            ConvolutionSettings images = settings(3, 40, 3, 1, false, true, Padding.SAME);
            compareTraining(provider.convolution(images), images, new int[] {5, 85, 83});
        } finally {
            KernelThreads.shared().setCount(before);
        }
    }

    static List<Object[]> casesOfThreads() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : providers()) {
            result.add(new Object[] {provider, settings(24, 24, 3, 1, true, true, Padding.SAME)});
            result.add(new Object[] {provider, settings(24, 24, 3, 1, false, true, Padding.SAME)});
            result.add(new Object[] {provider, settings(24, 100, 1, 1, false, true, Padding.SAME)});
            result.add(new Object[] {provider, settings(100, 24, 1, 1, false, false, Padding.SAME)});
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("casesOfThreads")
    void givesTheSameBitsAgainAndTheSameNumbersForAnyNumberOfThreads(
            KernelProvider provider, ConvolutionSettings settings) {
        assumeRuns(provider);
        int before = KernelThreads.shared().count();
        try {
            for (int threads : new int[] {1, 2, 5}) {
                KernelThreads.shared().setCount(threads);
                compareTraining(provider.convolution(settings), settings, new int[] {3, 20, 18});
                compareInference(provider.convolution(settings), settings, new int[] {1, 20, 18});
                assertEquals(trained(provider, settings), trained(provider, settings));
            }
        } finally {
            KernelThreads.shared().setCount(before);
        }
    }

    private static List<INDArray> trained(KernelProvider provider, ConvolutionSettings settings) {
        KernelCase values = KernelCase.create();
        ConvolutionKernel kernel = provider.convolution(settings);
        ConvolutionParameters parameters = values.convolution(settings);
        ConvolutionParameters gradients = KernelCase.copy(parameters);
        INDArray input = values.values(0, 1, 7, 16, 16, settings.inChannels());
        INDArray result = kernel.forward(input, parameters, arrays(DataType.FLOAT));
        INDArray epsilon = values.values(0, 1, result.shape());
        INDArray back = kernel.backward(input, epsilon, parameters, gradients, true, arrays(DataType.FLOAT));
        return List.of(result, back, gradients.weights(), gradients.gamma(), gradients.beta(), parameters.mean());
    }

    private static void compareTraining(ConvolutionKernel kernel, ConvolutionSettings settings, int[] shape) {
        KernelCase values = KernelCase.create();
        INDArray input = values.values(0.1, 1, shape[0], shape[1], shape[2], settings.inChannels());
        ConvolutionParameters parameters = values.convolution(settings);
        ConvolutionParameters gradients = KernelCase.copy(parameters);
        ConvolutionParameters exact = inDouble(parameters);
        ConvolutionParameters exactGradients = inDouble(parameters);
        ConvolutionKernel portable = KernelCase.PORTABLE.convolution(settings);

        INDArray result = kernel.forward(input, parameters, arrays(DataType.FLOAT));
        INDArray expected = portable.forward(inDouble(input), exact, arrays(DataType.DOUBLE));
        assertClose("output", expected, result);
        ConvolutionParameters before = KernelCase.copy(parameters);

        INDArray epsilon = values.values(0.1, 1, result.shape());
        INDArray exactEpsilon = inDouble(epsilon);
        INDArray back = kernel.backward(input, epsilon, parameters, gradients, true, arrays(DataType.FLOAT));
        INDArray expectedBack =
                portable.backward(inDouble(input), exactEpsilon, exact, exactGradients, true, arrays(DataType.DOUBLE));
        assertClose("weight gradient", exactGradients.weights(), gradients.weights());
        assertClose("shift's gradient", exactGradients.shift(), gradients.shift());
        assertClose("input gradient", expectedBack, back);
        if (settings.batchNorm().isPresent()) {
            assertClose("gamma gradient", exactGradients.gamma(), gradients.gamma());
            assertEquals(before.mean(), parameters.mean());
            assertEquals(before.variance(), parameters.variance());
            kernel.clear();
            kernel.moveStatistics(parameters);
            portable.moveStatistics(exact);
            assertClose("running mean", exact.mean(), parameters.mean());
            assertClose("running variance", exact.variance(), parameters.variance());
            assertNotEquals(before.mean(), parameters.mean());
        }
    }

    private static void compareInference(ConvolutionKernel kernel, ConvolutionSettings settings, int[] shape) {
        KernelCase values = KernelCase.create();
        INDArray input = values.values(0.1, 1, shape[0], shape[1], shape[2], settings.inChannels());
        ConvolutionParameters parameters = values.convolution(settings);
        kernel.parametersChanged();
        for (int round = 0; round < 2; round++) {
            INDArray expected = KernelCase.PORTABLE
                    .convolution(settings)
                    .infer(inDouble(input), inDouble(parameters), arrays(DataType.DOUBLE));
            assertClose("inference", expected, kernel.infer(input, parameters, arrays(DataType.FLOAT)));
            parameters.shift().addi(0.5);
            parameters.scaling().ifPresent(scaling -> scaling.gamma().muli(1.5));
            parameters.weights().addi(0.05);
        }
    }

    private static void compareCompiled(KernelProvider provider, ConvolutionSettings settings, int[] shape) {
        KernelCase values = KernelCase.create();
        INDArray input = values.values(0.1, 1, shape[0], shape[1], shape[2], settings.inChannels());
        ConvolutionParameters parameters = values.convolution(settings);
        provider.inference(List.of(new InferenceStep.Convolution(InferenceStep.IMAGES, settings, parameters)))
                .ifPresent(engine -> {
                    INDArray expected = KernelCase.PORTABLE
                            .convolution(settings)
                            .infer(inDouble(input), inDouble(parameters), arrays(DataType.DOUBLE));
                    assertClose("compiled inference", expected, engine.infer(input));
                    engine.close();
                });
    }

    static void assumeRuns(KernelProvider provider) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
    }
}
