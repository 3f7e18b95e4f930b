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
import org.nd4j.linalg.factory.Nd4j;

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
        compareResidual(provider, Activation.NONE, channels);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void residualEqualsThePortableOneForAllActivations(KernelProvider provider) {
        assumeRuns(provider);
        for (Activation activation : Activation.values()) {
            compareResidual(provider, activation, 13);
        }
    }

    private static void compareResidual(KernelProvider provider, Activation activation, int channels) {
        ResidualKernel kernel = provider.residual(activation);
        ResidualKernel portable = KernelCase.PORTABLE.residual(activation);
        for (int[] shape : SHAPES) {
            KernelCase values = KernelCase.create();
            INDArray branch = values.values(0.5, 2, shape[0], shape[1], shape[2], channels);
            INDArray shortcut = values.values(-0.5, 2, branch.shape());
            INDArray epsilon = values.values(0.2, 1, branch.shape());
            INDArray given = epsilon.dup();
            float[] scale = new float[shape[0]];
            for (int i = 0; i < scale.length; i++) {
                scale[i] = i % 2 == 0 ? 1.25f : 0;
            }
            INDArray result = kernel.forward(branch, shortcut, null, arrays(DataType.FLOAT));
            assertClose(
                    activation + ": shared gradient",
                    portable.backward(
                                    inDouble(branch),
                                    inDouble(shortcut),
                                    inDouble(epsilon),
                                    null,
                                    arrays(DataType.DOUBLE))
                            .branch(),
                    kernel.sharedGradient(branch, shortcut, result, epsilon, arrays(DataType.FLOAT)));
            assertEquals(given, epsilon);
            for (float[] factors : new float[][] {null, scale}) {
                assertClose(
                        "sum",
                        portable.forward(inDouble(branch), inDouble(shortcut), factors, arrays(DataType.DOUBLE)),
                        kernel.forward(branch, shortcut, factors, arrays(DataType.FLOAT)));
                ResidualKernel.Gradients expected = portable.backward(
                        inDouble(branch), inDouble(shortcut), inDouble(epsilon), factors, arrays(DataType.DOUBLE));
                ResidualKernel.Gradients found =
                        kernel.backward(branch, shortcut, epsilon, factors, arrays(DataType.FLOAT));
                assertClose(activation + ": branch's gradient", expected.branch(), found.branch());
                assertClose(activation + ": shortcut's gradient", expected.shortcut(), found.shortcut());
                assertEquals(given, epsilon);
                assertNotEquals(Addresses.of(epsilon), Addresses.of(found.shortcut()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void concatenationPutsChannelsBehindEachOtherAndCutsThemAgain(KernelProvider provider) {
        assumeRuns(provider);
        ConcatenationKernel kernel = provider.concatenation();
        for (int[] shape : SHAPES) {
            KernelCase values = KernelCase.create();
            List<INDArray> inputs = new ArrayList<>();
            for (int channels : new int[] {3, 16, 1, 7}) {
                inputs.add(values.values(0, 1, shape[0], shape[1], shape[2], channels));
            }
            INDArray result = kernel.forward(inputs, arrays(DataType.FLOAT));
            assertEquals(Nd4j.concat(3, inputs.toArray(INDArray[]::new)), result);
            assertEquals(inputs, kernel.backward(List.of(3, 16, 1, 7), result, arrays(DataType.FLOAT)));
        }
        kernel.close();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void denseEqualsThePortableOneForAllActivations(KernelProvider provider) {
        assumeRuns(provider);
        for (Activation activation : Activation.values()) {
            compareDense(provider, new DenseSettings(37, 11, activation));
        }
        compareDense(provider, new DenseSettings(400, 120, Activation.RELU));
        compareDense(provider, new DenseSettings(1, 1, Activation.NONE));
    }

    private static void compareDense(KernelProvider provider, DenseSettings settings) {
        DenseKernel kernel = provider.dense(settings);
        DenseKernel portable = KernelCase.PORTABLE.dense(settings);
        for (int images : new int[] {1, 5, 8}) {
            KernelCase values = KernelCase.create();
            INDArray input = values.values(0.3, 1, images, settings.inFeatures());
            INDArray weights = values.values(0, 0.3, settings.outFeatures(), settings.inFeatures());
            INDArray bias = values.values(0, 1, settings.outFeatures());
            INDArray weightGradient = weights.dup();
            INDArray biasGradient = bias.dup();
            INDArray exactWeights = inDouble(weights);
            INDArray exactBias = inDouble(bias);
            INDArray expected =
                    portable.forward(inDouble(input), inDouble(weights), inDouble(bias), true, arrays(DataType.DOUBLE));
            String what = settings + " for " + images + ": ";
            assertClose(
                    what + "inference", expected, kernel.forward(input, weights, bias, false, arrays(DataType.FLOAT)));
            assertClose(what + "output", expected, kernel.forward(input, weights, bias, true, arrays(DataType.FLOAT)));
            INDArray epsilon = values.values(0.1, 1, images, settings.outFeatures());
            INDArray exactEpsilon = inDouble(epsilon);
            INDArray back =
                    kernel.backward(input, epsilon, weights, weightGradient, biasGradient, arrays(DataType.FLOAT));
            INDArray expectedBack = portable.backward(
                    inDouble(input), exactEpsilon, inDouble(weights), exactWeights, exactBias, arrays(DataType.DOUBLE));
            assertClose(what + "input gradient", expectedBack, back);
            assertClose(what + "weight gradient", exactWeights, weightGradient);
            assertClose(what + "bias gradient", exactBias, biasGradient);
        }
        kernel.close();
    }
}
