package org.efficientnet4j.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.KernelProviders;
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

/** A convolution with its batch norm and swish. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConvolutionBenchmark {
    /** Whose kernels: the fastest here, or ND4J's operations. */
    @Param({"auto", "portable"})
    public String kernels;

    /** Which layer. */
    @Param
    public Layer layer;

    /** Images. */
    @Param("8")
    public int batch;

    private final ReusedArrays arrays = new ReusedArrays();
    private ConvolutionKernel kernel;
    private ConvolutionParameters parameters;
    private ConvolutionParameters gradients;
    private INDArray input;
    private INDArray epsilon;
    private INDArray given;

    /** Makes kernel and arrays; random numbers are those of one seed. */
    @Setup
    public void prepare() {
        ConvolutionSettings settings = layer.settings();
        Nd4j.getRandom().setSeed(1);
        OpenMpThreads.use(KernelThreads.shared().count());
        kernel = KernelProviders.choose(kernels, DataType.FLOAT).convolution(settings);
        int size = layer.size();
        input = Nd4j.randn(DataType.FLOAT, batch, size, size, settings.inChannels());
        epsilon = Nd4j.randn(DataType.FLOAT, batch, size, size, settings.outChannels());
        given = epsilon.dup();
        parameters = parameters(settings);
        gradients = parameters(settings);
    }

    private static ConvolutionParameters parameters(ConvolutionSettings settings) {
        int inputs = settings.filterChannels();
        int outputs = settings.outChannels();
        return ConvolutionParameters.normalised(
                Nd4j.randn(DataType.FLOAT, outputs, inputs, settings.kernel(), settings.kernel())
                        .divi(Math.sqrt(inputs) * settings.kernel()),
                Nd4j.ones(DataType.FLOAT, outputs),
                Nd4j.zeros(DataType.FLOAT, outputs),
                Nd4j.zeros(DataType.FLOAT, outputs),
                Nd4j.ones(DataType.FLOAT, outputs));
    }

    /** Inference; the fast kernels have folded the batch norm into the weights by then. */
    @Benchmark
    public INDArray infer() {
        arrays.rewind();
        return kernel.infer(input, parameters, arrays);
    }

    /** Training's forward pass. */
    @Benchmark
    public INDArray forward() {
        arrays.rewind();
        return kernel.forward(input, parameters, arrays);
    }

    /**
     * Training's forward and backward passes: the gradients of input, weights, gamma and beta. The backward pass may
     * overwrite what it is given, so that it gets a copy, which is timed with it.
     */
    @Benchmark
    public INDArray forwardBackward() {
        arrays.rewind();
        kernel.forward(input, parameters, arrays);
        return kernel.backward(input, given.assign(epsilon), parameters, gradients, true, arrays);
    }

    /** The gradients by the weights, of the last {@link #forwardBackward}. */
    INDArray weightGradient() {
        return gradients.weights();
    }
}
