package org.efficientnet4j.benchmarks.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.Function;
import org.efficientnet4j.kernels.KernelProviders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each benchmark times the same work on both sides. */
class KernelBenchmarksTest {
    private static final double WORST = 1e-4;

    @ParameterizedTest
    @EnumSource(Layer.class)
    void convolutionsComputeTheSame(Layer layer) {
        ConvolutionBenchmark fast = convolution("auto", layer);
        ConvolutionBenchmark portable = convolution("portable", layer);
        assertClose(portable, fast, ConvolutionBenchmark::infer);
        assertClose(portable, fast, ConvolutionBenchmark::forward);
        for (int run = 0; run < 2; run++) { // with the arrays of the run before
            assertClose(portable, fast, ConvolutionBenchmark::forwardBackward);
            assertClose(portable, fast, ConvolutionBenchmark::weightGradient);
        }
    }

    @Test
    void squeezeExciteComputesTheSame() {
        SqueezeExciteBenchmark fast = squeezeExcite("auto");
        SqueezeExciteBenchmark portable = squeezeExcite("portable");
        assertClose(portable, fast, SqueezeExciteBenchmark::infer);
        assertClose(portable, fast, SqueezeExciteBenchmark::forwardBackward);
    }

    @Test
    void adamComputesTheSame() {
        assumeTrue(
                KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                        .updates()
                        .isPresent(),
                "the kernels that run here have no Adam of their own");
        AdamBenchmark fused = adam();
        AdamBenchmark nd4j = adam();
        assertClose(nd4j.nd4j(), fused.fused());
    }

    @Test
    void anImageGivesTheSameWhoeverOwnsTheParameters() {
        ParameterHashBenchmark benchmark = new ParameterHashBenchmark();
        benchmark.model = "efficientnet_v2_b0";
        benchmark.batch = 1;
        benchmark.prepare();
        assertClose(benchmark.own(), benchmark.shared());
        benchmark.release();
    }

    private static ConvolutionBenchmark convolution(String kernels, Layer layer) {
        ConvolutionBenchmark benchmark = new ConvolutionBenchmark();
        benchmark.kernels = kernels;
        benchmark.layer = layer;
        benchmark.batch = 1;
        benchmark.prepare();
        return benchmark;
    }

    private static SqueezeExciteBenchmark squeezeExcite(String kernels) {
        SqueezeExciteBenchmark benchmark = new SqueezeExciteBenchmark();
        benchmark.kernels = kernels;
        benchmark.batch = 1;
        benchmark.prepare();
        return benchmark;
    }

    private static AdamBenchmark adam() {
        AdamBenchmark benchmark = new AdamBenchmark();
        benchmark.parameters = 1001;
        benchmark.prepare();
        return benchmark;
    }

    private static <B> void assertClose(B expected, B actual, Function<B, INDArray> run) {
        assertClose(run.apply(expected), run.apply(actual));
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        INDArray found = actual.reshape('c', expected.shape());
        double largest = expected.amaxNumber().doubleValue();
        double worst = expected.sub(found).amaxNumber().doubleValue();
        assertTrue(worst <= WORST * largest, "differs by " + worst + " where the largest is " + largest);
    }
}
