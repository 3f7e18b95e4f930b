package org.efficientnet4j.benchmarks.kernels;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.benchmarks.CaseArguments;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.models.ModelDefinition;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An image through a network that shares its parameters with the program, and so hashes them each time to notice writes,
 * and through one that has taken them over. The difference is what the hash costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class ParameterHashBenchmark {
    /** The network. */
    @Param("efficientnet_b0")
    public String model;

    /** Images together. */
    @Param({"1", "8"})
    public int batch;

    private INDArray images;
    private NetworkInference shared;
    private NetworkInference own;

    /** Makes both; random weights are those of one seed. */
    @Setup
    public void prepare() {
        ModelDefinition definition = CaseArguments.model(model);
        GraphOptions options = GraphOptions.builder(definition).classes(1000).build();
        Nd4j.getRandom().setSeed(1);
        images = Nd4j.rand(DataType.FLOAT, batch, definition.evalSize(), definition.evalSize(), 3)
                .permute(0, 3, 1, 2);
        ComputationGraph network = NetworkGraph.create(definition, options);
        own = NetworkInference.takingOver(network.clone());
        shared = NetworkInference.of(network);
    }

    /** Releases native memory. */
    @TearDown
    public void release() {
        shared.close();
        own.close();
    }

    /** Hashes the parameters. */
    @Benchmark
    public INDArray shared() {
        return shared.output(images);
    }

    /** Has weights that nobody else can write. */
    @Benchmark
    public INDArray own() {
        return own.output(images);
    }
}
