package org.efficientnet4j.kernels;

import static org.efficientnet4j.kernels.KernelCase.arrays;
import static org.efficientnet4j.kernels.KernelCase.assertClose;
import static org.efficientnet4j.kernels.KernelCase.inDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The preferred provider's fused layers against the portable ones, one by one, in double precision. */
class BlockTailTest {
    private static final int REDUCED = 3;

    private final KernelProvider provider = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT);

    @BeforeEach
    void assumeFused() {
        assumeTrue(
                provider.blockTail(depthwise(8, 3, 1, Padding.SAME), gate(8), projection(8, 4), false)
                        .isPresent(),
                "the kernels that run here compute layer by layer");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 4, 3, 1, SAME",
        "24, 40, 5, 2, SAME",
        "24, 7, 3, 2, SYMMETRIC",
        "144, 24, 5, 1, SYMMETRIC",
        "480, 112, 3, 1, SAME"
    })
    void equalsThePortableLayersWhateverTheBatchAndSize(
            int channels, int out, int kernel, int stride, Padding padding) {
        ConvolutionSettings depthwise = depthwise(channels, kernel, stride, padding);
        ConvolutionSettings projection = projection(channels, out);
        BlockTail tail = provider.blockTail(depthwise, gate(depthwise.outChannels()), projection, false)
                .orElseThrow();
        for (int[] shape : new int[][] {{3, 9, 7}, {1, 9, 7}, {2, 12, 12}, {3, 9, 7}, {5, 2, 1}}) {
            compare(tail, depthwise, projection, shape);
        }
        tail.depthwise().close();
        tail.squeezeExcite().close();
        tail.projection().close();
        compare(tail, depthwise, projection, new int[] {2, 6, 5});
    }

    /** Images larger than a piece, and pieces that end within an image. */
    @Test
    void equalsThePortableLayersOnLargeImages() {
        ConvolutionSettings depthwise = depthwise(40, 3, 1, Padding.SAME);
        ConvolutionSettings projection = projection(40, 12);
        BlockTail tail = provider.blockTail(depthwise, gate(depthwise.outChannels()), projection, false)
                .orElseThrow();
        compare(tail, depthwise, projection, new int[] {3, 85, 83});
    }

    @Test
    void givesTheSameBitsAgainAndTheSameNumbersForAnyNumberOfThreads() {
        ConvolutionSettings depthwise = depthwise(24, 3, 1, Padding.SAME);
        ConvolutionSettings projection = projection(24, 16);
        int before = KernelThreads.shared().count();
        try {
            for (int threads : new int[] {1, 2, 5}) {
                KernelThreads.shared().setCount(threads);
                BlockTail tail = provider.blockTail(depthwise, gate(depthwise.outChannels()), projection, false)
                        .orElseThrow();
                compare(tail, depthwise, projection, new int[] {3, 20, 18});
                List<INDArray> first = Run.of(tail, depthwise, projection, new int[] {7, 16, 16})
                        .results();
                assertEquals(
                        first,
                        Run.of(tail, depthwise, projection, new int[] {7, 16, 16})
                                .results());
            }
        } finally {
            KernelThreads.shared().setCount(before);
        }
    }

    /** The arrays between the three kernels are meaningless to others, and others' arrays to them. */
    @Test
    void takesTheArraysOfTheKernelBesideAlone() {
        ConvolutionSettings depthwise = depthwise(8, 3, 1, Padding.SAME);
        BlockTail tail =
                provider.blockTail(depthwise, gate(8), projection(8, 4), false).orElseThrow();
        KernelCase values = KernelCase.create();
        INDArray input = values.values(0, 1, 2, 5, 5, 8);
        INDArray activated = tail.depthwise().forward(input, values.convolution(depthwise), arrays(DataType.FLOAT));
        SqueezeExciteParameters parameters = values.squeezeExcite(8, REDUCED);
        INDArray another = activated.dup();
        assertThrows(IllegalStateException.class, () -> tail.squeezeExcite()
                .forward(another, parameters, true, arrays(DataType.FLOAT)));
    }

    private static void compare(
            BlockTail tail, ConvolutionSettings depthwise, ConvolutionSettings projection, int[] shape) {
        BlockTail portable = new BlockTail(
                KernelCase.PORTABLE.convolution(depthwise),
                KernelCase.PORTABLE.squeezeExcite(SqueezeExciteSettings.swish(depthwise.outChannels(), REDUCED)),
                KernelCase.PORTABLE.convolution(projection));
        Run found = Run.of(tail, depthwise, projection, shape);
        Run expected = Run.exact(portable, depthwise, projection, shape);
        for (int i = 0; i < expected.names().size(); i++) {
            assertClose(
                    expected.names().get(i),
                    expected.results().get(i),
                    found.results().get(i));
        }
    }

    private static ConvolutionSettings depthwise(int channels, int kernel, int stride, Padding padding) {
        return KernelCase.normalised(channels, channels, kernel, stride, true, Activation.SWISH, padding);
    }

    private static SqueezeExciteSettings gate(int channels) {
        return SqueezeExciteSettings.swish(channels, REDUCED);
    }

    private static ConvolutionSettings projection(int in, int out) {
        return KernelCase.normalised(in, out, 1, 1, false, Activation.NONE, Padding.SAME);
    }

    /** Results of a forward and a backward pass. */
    private record Run(List<String> names, List<INDArray> results) {
        static Run of(BlockTail tail, ConvolutionSettings depthwise, ConvolutionSettings projection, int[] shape) {
            return run(tail, depthwise, projection, shape, DataType.FLOAT);
        }

        static Run exact(BlockTail tail, ConvolutionSettings depthwise, ConvolutionSettings projection, int[] shape) {
            return run(tail, depthwise, projection, shape, DataType.DOUBLE);
        }

        private static Run run(
                BlockTail tail,
                ConvolutionSettings depthwise,
                ConvolutionSettings projection,
                int[] shape,
                DataType type) {
            KernelCase values = KernelCase.create();
            int channels = depthwise.inChannels();
            INDArray input = values.values(0.1, 1, shape[0], shape[1], shape[2], channels)
                    .castTo(type);
            ConvolutionParameters first = in(type, values.convolution(depthwise));
            SqueezeExciteParameters gate = in(type, values.squeezeExcite(channels, REDUCED));
            ConvolutionParameters last = in(type, values.convolution(projection));
            ConvolutionParameters firstGradients = KernelCase.copy(first);
            SqueezeExciteParameters gateGradients = KernelCase.copy(gate);
            ConvolutionParameters lastGradients = KernelCase.copy(last);

            INDArray activated = tail.depthwise().forward(input, first, arrays(type));
            INDArray gated = tail.squeezeExcite().forward(activated, gate, true, arrays(type));
            INDArray result = tail.projection().forward(gated, last, arrays(type));
            INDArray epsilon = values.values(0.1, 1, result.shape()).castTo(type);
            INDArray byGated = tail.projection().backward(gated, epsilon, last, lastGradients, true, arrays(type));
            INDArray byActivated = tail.squeezeExcite().backward(activated, byGated, gate, gateGradients, arrays(type));
            INDArray byInput = tail.depthwise().backward(input, byActivated, first, firstGradients, true, arrays(type));

            tail.depthwise().moveStatistics(first);
            tail.projection().moveStatistics(last);

            List<String> names = new ArrayList<>(List.of("output", "input gradient"));
            List<INDArray> results = new ArrayList<>(List.of(result, byInput));
            add("projection", last, lastGradients, names, results);
            add("depthwise", first, firstGradients, names, results);
            names.addAll(List.of("reduce weights", "reduce bias", "expand weights", "expand bias"));
            results.addAll(List.of(
                    gateGradients.reduceWeights(),
                    gateGradients.reduceBias(),
                    gateGradients.expandWeights(),
                    gateGradients.expandBias()));
            return new Run(names, results);
        }

        private static void add(
                String layer,
                ConvolutionParameters parameters,
                ConvolutionParameters gradients,
                List<String> names,
                List<INDArray> results) {
            for (String name : List.of("weights", "gamma", "beta", "mean", "variance")) {
                names.add(layer + "'s " + name);
            }
            results.addAll(List.of(
                    gradients.weights(),
                    gradients.gamma(),
                    gradients.beta(),
                    parameters.mean(),
                    parameters.variance()));
        }

        private static ConvolutionParameters in(DataType type, ConvolutionParameters parameters) {
            return type == DataType.DOUBLE ? inDouble(parameters) : parameters;
        }

        private static SqueezeExciteParameters in(DataType type, SqueezeExciteParameters parameters) {
            return type == DataType.DOUBLE ? inDouble(parameters) : parameters;
        }
    }
}
