package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.KernelProvider;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Division by {@code (k + alpha / size * sum of squares) ^ beta}, the sum over {@code size} neighbouring channels:
 * {@code [N, H, W, C]} to the same shape. No parameters.
 *
 * <p>Source: ImageNet Classification with Deep Convolutional Neural Networks (Krizhevsky et al. 2012), section 3.3; alpha
 * is divided by the size as PyTorch has it.
 */
public final class LocalResponseNormalizationBlock extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int size;

    @JsonProperty
    private double alpha;

    @JsonProperty
    private double beta;

    @JsonProperty
    private double k;

    /** For reading from JSON. */
    LocalResponseNormalizationBlock() {}

    /**
     * A layer of these numbers.
     *
     * @param size channels in the sum
     * @param alpha factor of the sum
     * @param beta exponent
     * @param k added to the sum, above 0
     * @param kernels the kernels' name
     * @throws InvalidInputException for a number out of range
     */
    public LocalResponseNormalizationBlock(
            int channels, int size, double alpha, double beta, double k, String kernels) {
        super(channels, channels, kernels);
        if (size < 1 || !(k > 0) || !Double.isFinite(alpha) || !Double.isFinite(beta)) {
            throw new InvalidInputException(
                    "A local response normalisation's size must be at least 1, its numbers finite"
                            + " and k above 0, found size " + size + ", alpha " + alpha + ", beta " + beta + " and k "
                            + k);
        }
        this.size = size;
        this.alpha = alpha;
        this.beta = beta;
        this.k = k;
    }

    int size() {
        return size;
    }

    double alpha() {
        return alpha;
    }

    double beta() {
        return beta;
    }

    double k() {
        return k;
    }

    @Override
    List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new LocalResponseNormalizationBlockLayer(configuration, type);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LocalResponseNormalizationBlock block
                && super.equals(other)
                && List.of(size, alpha, beta, k).equals(List.of(block.size, block.alpha, block.beta, block.k))
                && getKernels().equals(block.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), size, alpha, beta, k, getKernels());
    }
}
