package org.efficientnet4j.kernels;

import static org.efficientnet4j.kernels.FastConvolutionTest.assumeRuns;
import static org.efficientnet4j.kernels.KernelCase.arrays;
import static org.efficientnet4j.kernels.KernelCase.assertClose;
import static org.efficientnet4j.kernels.KernelCase.inDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every fast provider's squeeze-excite, pooling and residual against the portable ones in double precision. */
class FastPixelKernelsTest {
    static List<KernelProvider> providers() {
        return FastConvolutionTest.providers();
    }

    static List<Object[]> cases() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : FastConvolutionTest.providers()) {
            for (int channels : new int[] {3, 10, 24, 144, 1152}) {
                result.add(new Object[] {provider, channels});
            }
        }
        return result;
    }

    private static final int[][] SHAPES = {{3, 9, 7}, {1, 9, 7}, {2, 1, 1}, {5, 14, 14}};

    @ParameterizedTest
    @MethodSource("cases")
    void squeezeExciteEqualsThePortableOne(KernelProvider provider, int channels) {
        assumeRuns(provider);
        compareSqueezeExcite(provider, channels);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void squeezeExciteGivesTheSameBitsAgainAndTheSameNumbersForAnyNumberOfThreads(KernelProvider provider) {
        assumeRuns(provider);
        int before = KernelThreads.shared().count();
        try {
            for (int threads : new int[] {1, 2, 5}) {
                KernelThreads.shared().setCount(threads);
                compareSqueezeExcite(provider, 40);
                assertEquals(squeezeExcited(provider), squeezeExcited(provider));
            }
        } finally {
            KernelThreads.shared().setCount(before);
        }
    }

    private static List<INDArray> squeezeExcited(KernelProvider provider) {
        KernelCase values = KernelCase.create();
        SqueezeExciteKernel kernel = provider.squeezeExcite(SqueezeExciteSettings.swish(40, 10));
        SqueezeExciteParameters parameters = values.squeezeExcite(40, 10);
        SqueezeExciteParameters gradients = KernelCase.copy(parameters);
        INDArray input = values.values(0, 1, 7, 9, 7, 40);
        INDArray result = kernel.forward(input, parameters, true, arrays(DataType.FLOAT));
        INDArray back = kernel.backward(
                input, values.values(0, 1, input.shape()), parameters, gradients, arrays(DataType.FLOAT));
        return List.of(
                result,
                back,
                gradients.reduceWeights(),
                gradients.reduceBias(),
                gradients.expandWeights(),
                gradients.expandBias());
    }

    static List<Object[]> activations() {
        List<Object[]> result = new ArrayList<>();
        for (KernelProvider provider : FastConvolutionTest.providers()) {
            for (Activation activation : Activation.values()) {
                for (Activation gate : List.of(Activation.SIGMOID, Activation.HARD_SIGMOID, Activation.SWISH)) {
                    result.add(new Object[] {provider, activation, gate});
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("activations")
    void squeezeExciteEqualsThePortableOneForAllActivations(
            KernelProvider provider, Activation activation, Activation gate) {
        assumeRuns(provider);
        compareSqueezeExcite(provider, new SqueezeExciteSettings(13, 5, activation, gate));
    }

    private static void compareSqueezeExcite(KernelProvider provider, int channels) {
        compareSqueezeExcite(provider, SqueezeExciteSettings.swish(channels, Math.max(1, channels / 4)));
    }

    private static void compareSqueezeExcite(KernelProvider provider, SqueezeExciteSettings settings) {
        int channels = settings.channels();
        int reduced = settings.reducedChannels();
        SqueezeExciteKernel kernel = provider.squeezeExcite(settings);
        SqueezeExciteKernel portable = KernelCase.PORTABLE.squeezeExcite(settings);
        for (int[] shape : SHAPES) {
            KernelCase values = KernelCase.create();
            INDArray input = values.values(0.5, 1, shape[0], shape[1], shape[2], channels);
            INDArray epsilon = values.values(0.1, 1, input.shape());
            SqueezeExciteParameters parameters = values.squeezeExcite(channels, reduced);
            SqueezeExciteParameters gradients = KernelCase.copy(parameters);
            SqueezeExciteParameters exact = inDouble(parameters);
            SqueezeExciteParameters exactGradients = inDouble(parameters);

            INDArray expected = portable.forward(inDouble(input), exact, true, arrays(DataType.DOUBLE));
            assertClose("inference", expected, kernel.forward(input, parameters, false, arrays(DataType.FLOAT)));
            assertClose("output", expected, kernel.forward(input, parameters, true, arrays(DataType.FLOAT)));
            INDArray back = kernel.backward(input, epsilon, parameters, gradients, arrays(DataType.FLOAT));
            INDArray expectedBack = portable.backward(
                    inDouble(input), inDouble(epsilon), exact, exactGradients, arrays(DataType.DOUBLE));
            assertClose("input gradient", expectedBack, back);
            assertClose("reduce weights", exactGradients.reduceWeights(), gradients.reduceWeights());
            assertClose("reduce bias", exactGradients.reduceBias(), gradients.reduceBias());
            assertClose("expand weights", exactGradients.expandWeights(), gradients.expandWeights());
            assertClose("expand bias", exactGradients.expandBias(), gradients.expandBias());
        }
        kernel.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void poolingEqualsThePortableOne(KernelProvider provider, int channels) {
        assumeRuns(provider);
        for (int[] shape : SHAPES) {
            KernelCase values = KernelCase.create();
            INDArray input = values.values(0.5, 1, shape[0], shape[1], shape[2], channels);
            INDArray epsilon = values.values(0, 1, shape[0], channels);
            assertClose(
                    "mean",
                    KernelCase.PORTABLE.pooling().forward(inDouble(input), arrays(DataType.DOUBLE)),
                    provider.pooling().forward(input, arrays(DataType.FLOAT)));
            assertClose(
                    "gradient",
                    KernelCase.PORTABLE.pooling().backward(inDouble(input), inDouble(epsilon), arrays(DataType.DOUBLE)),
                    provider.pooling().backward(input, epsilon, arrays(DataType.FLOAT)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void residualEqualsThePortableOneWithAndWithoutFactors(KernelProvider provider, int channels) {
        assumeRuns(provider);
        for (int[] shape : SHAPES) {
            KernelCase values = KernelCase.create();
            INDArray branch = values.values(0.5, 1, shape[0], shape[1], shape[2], channels);
            INDArray shortcut = values.values(-0.5, 1, branch.shape());
            float[] scale = new float[shape[0]];
            for (int i = 0; i < scale.length; i++) {
                scale[i] = i % 2 == 0 ? 1.25f : 0;
            }
            for (float[] factors : new float[][] {null, scale}) {
                assertClose(
                        "sum",
                        KernelCase.PORTABLE
                                .residual()
                                .forward(inDouble(branch), inDouble(shortcut), factors, arrays(DataType.DOUBLE)),
                        provider.residual().forward(branch, shortcut, factors, arrays(DataType.FLOAT)));
                ResidualKernel.Gradients expected =
                        KernelCase.PORTABLE.residual().backward(inDouble(branch), factors, arrays(DataType.DOUBLE));
                ResidualKernel.Gradients found = provider.residual().backward(branch, factors, arrays(DataType.FLOAT));
                assertClose("branch's gradient", expected.branch(), found.branch());
                assertClose("shortcut's gradient", expected.shortcut(), found.shortcut());
                assertEquals(branch, found.shortcut());
                assertNotEquals(Addresses.of(branch), Addresses.of(found.shortcut()));
            }
        }
    }
}
