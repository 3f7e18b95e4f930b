package org.efficientnet4j.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.kernels.threads.OpenMpThreads;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Squeeze-excite of EfficientNet-B0's stage 4: 240 channels at 28 x 28, squeezed to 10. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SqueezeExciteBenchmark {
    private static final int CHANNELS = 240;
    private static final int REDUCED = 10;
    private static final int SIZE = 28;

    /** Whose kernels: the fastest here, or ND4J's operations. */
    @Param({"auto", "portable"})
    public String kernels;

    /** Images. */
    @Param("8")
    public int batch;

    private final ReusedArrays arrays = new ReusedArrays();
    private SqueezeExciteKernel kernel;
    private SqueezeExciteParameters parameters;
    private SqueezeExciteParameters gradients;
    private INDArray input;
    private INDArray epsilon;

    /** Makes kernel and arrays; random numbers are those of one seed. */
    @Setup
    public void prepare() {
        Nd4j.getRandom().setSeed(1);
        OpenMpThreads.use(KernelThreads.shared().count());
        kernel = KernelProviders.choose(kernels, DataType.FLOAT)
                .squeezeExcite(SqueezeExciteSettings.swish(CHANNELS, REDUCED));
        input = Nd4j.randn(DataType.FLOAT, batch, SIZE, SIZE, CHANNELS);
        epsilon = Nd4j.randn(DataType.FLOAT, batch, SIZE, SIZE, CHANNELS);
        parameters = parameters();
        gradients = parameters();
    }

    private static SqueezeExciteParameters parameters() {
        return new SqueezeExciteParameters(
                Nd4j.randn(DataType.FLOAT, REDUCED, CHANNELS).divi(Math.sqrt(CHANNELS)),
                Nd4j.zeros(DataType.FLOAT, REDUCED),
                Nd4j.randn(DataType.FLOAT, CHANNELS, REDUCED).divi(Math.sqrt(REDUCED)),
                Nd4j.zeros(DataType.FLOAT, CHANNELS));
    }

    /** Inference. */
    @Benchmark
    public INDArray infer() {
        arrays.rewind();
        return kernel.forward(input, parameters, false, arrays);
    }

    /** Training's forward and backward passes. */
    @Benchmark
    public INDArray forwardBackward() {
        arrays.rewind();
        kernel.forward(input, parameters, true, arrays);
        return kernel.backward(input, epsilon, parameters, gradients, arrays);
    }
}
