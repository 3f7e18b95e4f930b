package org.efficientnet4j.graph.layers;

import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The residual sum with stochastic depth. Inputs: the branch, then the shortcut, both {@code [N, H, W, C]}. In training
 * each example's branch is dropped with probability {@code dropRate}, else divided by {@code 1 - dropRate}; in inference
 * the plain sum.
 *
 * <p>Source: Deep Networks with Stochastic Depth (arXiv 1603.09382), per example as in tensorflow/tpu
 * {@code efficientnet/utils.py}.
 */
public final class ResidualAdd extends GraphVertex {
    private static final long serialVersionUID = 1L;

    private final double dropRate;
    private final long seed;
    private final Activation activation;
    private final String kernels;
    private transient double share = 1;

    /**
     * A residual sum.
     *
     * @param dropRate in [0, 1)
     * @param seed of the dropped examples
     * @param kernels the kernels' name
     */
    public ResidualAdd(double dropRate, long seed, String kernels) {
        this(dropRate, seed, Activation.NONE, kernels);
    }

    /**
     * A residual sum with an activation behind it.
     *
     * @param dropRate in [0, 1)
     * @param seed of the dropped examples
     * @param activation of the sum; version 0.1's files lack it, for none
     * @param kernels the kernels' name
     */
    @JsonCreator
    public ResidualAdd(
            @JsonProperty("dropRate") double dropRate,
            @JsonProperty("seed") long seed,
            @JsonProperty("activation") Activation activation,
            @JsonProperty("kernels") String kernels) {
        if (!(dropRate >= 0 && dropRate < 1)) {
            throw new IllegalArgumentException("A drop rate must lie in [0, 1), found " + dropRate);
        }
        this.dropRate = dropRate;
        this.seed = seed;
        this.activation = activation == null ? Activation.NONE : activation;
        this.kernels = kernels;
    }

    /** The probability that an example's branch is dropped in training. */
    public double getDropRate() {
        return dropRate;
    }

    /** The seed of the dropped examples. */
    public long getSeed() {
        return seed;
    }

    /** The activation of the sum. */
    public Activation getActivation() {
        return activation;
    }

    /** The kernels' name, see {@link KernelProviders}. */
    public String getKernels() {
        return kernels;
    }

    /**
     * Weakens stochastic depth in the networks made of this configuration, for the time being: a copy or a file has the
     * full drop rate.
     *
     * @param shareOfDropRate in [0, 1]
     */
    public void weakenTo(double shareOfDropRate) {
        if (!(shareOfDropRate >= 0 && shareOfDropRate <= 1)) {
            throw new IllegalArgumentException("A share must lie in [0, 1], found " + shareOfDropRate);
        }
        share = shareOfDropRate;
    }

    double currentDropRate() {
        return share * dropRate;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameterView,
            boolean initializeParameters,
            DataType type) {
        MapReaders.check(graph.getConfiguration());
        return new ResidualAddVertex(graph, name, index, type, this);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, ResidualAdd.class, inputs[0], inputs[0])
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public GraphVertex clone() {
        return new ResidualAdd(dropRate, seed, activation, kernels);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 2;
    }

    @Override
    public int maxVertexInputs() {
        return 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResidualAdd add
                && dropRate == add.dropRate
                && seed == add.seed
                && activation == add.activation
                && kernels.equals(add.kernels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dropRate, seed, activation, kernels);
    }
}
