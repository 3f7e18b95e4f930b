package org.efficientnet4j.graph.layers;

import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Inverted dropout whose mask is a function of seed and training step, unlike DL4J's, which draws from a generator shared
 * by the whole process. Takes the DROP rate.
 */
public final class SeededDropout implements IDropout {
    private static final long serialVersionUID = 1L;

    private final double dropRate;
    private final long seed;
    private final String layer;
    private transient INDArray factors;

    /**
     * A dropout.
     *
     * @param dropRate the probability that an activation becomes 0, in [0, 1)
     * @param seed of the masks
     */
    public SeededDropout(double dropRate, long seed) {
        this(dropRate, seed, null);
    }

    /**
     * A dropout whose masks differ from those of other names.
     *
     * @param dropRate the probability that an activation becomes 0, in [0, 1)
     * @param seed of the masks
     * @param layer the layer's name; null, as in version 0.1's files, for a network's only dropout
     */
    @JsonCreator
    public SeededDropout(
            @JsonProperty("dropRate") double dropRate,
            @JsonProperty("seed") long seed,
            @JsonProperty("layer") String layer) {
        if (!(dropRate >= 0 && dropRate < 1)) {
            throw new IllegalArgumentException("A drop rate must lie in [0, 1), found " + dropRate);
        }
        this.dropRate = dropRate;
        this.seed = seed;
        this.layer = layer;
    }

    /** The probability that an activation becomes 0. */
    public double getDropRate() {
        return dropRate;
    }

    /** The seed of the masks. */
    public long getSeed() {
        return seed;
    }

    /** The name of the layer that the masks are for; null for a network's only dropout. */
    public String getLayer() {
        return layer;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        SplittableRandom generator =
                StepRandom.of(seed, layer == null ? SeededDropout.class.getSimpleName() : layer, iteration);
        float kept = (float) (1 / (1 - dropRate));
        float[] drawn = new float[Math.toIntExact(input.length())];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = generator.nextDouble() < dropRate ? 0 : kept;
        }
        INDArray mask = Nd4j.createFromArray(drawn).castTo(input.dataType()).reshape('c', input.shape());
        factors = mask.detach(); // the memory of the forward pass is reused before the backward pass
        return input.mul(factors, result);
    }

    @Override
    public INDArray backprop(INDArray gradient, INDArray result, int iteration, int epoch) {
        gradient.mul(factors, result);
        factors = null;
        return result;
    }

    @Override
    public void clear() {
        factors = null;
    }

    @Override
    public IDropout clone() {
        return new SeededDropout(dropRate, seed, layer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeededDropout dropout
                && dropRate == dropout.dropRate
                && seed == dropout.seed
                && Objects.equals(layer, dropout.layer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dropRate, seed, layer);
    }
}
