package org.efficientnet4j.benchmarks.kernels;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.UpdateKernel;
import org.efficientnet4j.kernels.UpdateRule;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.kernels.threads.OpenMpThreads;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
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

/** Adam's step over as many parameters as EfficientNet-B0 has; what is subtracted from them, as the updater computes it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdamBenchmark {
    private static final double RATE = 1e-3;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** Parameters. */
    @Param("5288548")
    public int parameters;

    private INDArray gradient;
    private UpdateKernel fused;
    private UpdateKernel.Work work;
    private AdamUpdater updater;
    private int iteration;

    /** Makes the arrays; random numbers are those of one seed. */
    @Setup
    public void prepare() {
        Nd4j.getRandom().setSeed(1);
        OpenMpThreads.use(KernelThreads.shared().count());
        fused = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                .updates()
                .orElseThrow(() -> new InvalidInputException(
                        "The kernels that run here have no optimisers of their own: 'effnet doctor' says why"));
        gradient = Nd4j.randn(DataType.FLOAT, parameters);
        double firstStep = RATE * Math.sqrt(1 - BETA2) / (1 - BETA1);
        work = new UpdateKernel.Work(
                new UpdateRule.Adam(firstStep, BETA1, BETA2, EPSILON),
                1,
                Nd4j.randn(DataType.FLOAT, parameters),
                gradient,
                List.of(Nd4j.zeros(DataType.FLOAT, parameters), Nd4j.zeros(DataType.FLOAT, parameters)),
                List.of(new UpdateKernel.Run(0, parameters, 0, 0)));
        updater = new AdamUpdater(new Adam(RATE, BETA1, BETA2, EPSILON));
        updater.setState(
                Map.of(
                        AdamUpdater.M_STATE, Nd4j.zeros(DataType.FLOAT, parameters),
                        AdamUpdater.V_STATE, Nd4j.zeros(DataType.FLOAT, parameters)),
                true);
        iteration = 0;
    }

    /** Our kernel. */
    @Benchmark
    public INDArray fused() {
        fused.turn(work);
        return gradient;
    }

    /** ND4J's operation. */
    @Benchmark
    public INDArray nd4j() {
        updater.applyUpdater(gradient, iteration++, 0);
        return gradient;
    }
}
