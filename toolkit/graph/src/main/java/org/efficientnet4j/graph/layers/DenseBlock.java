package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Fully connected layer with bias and activation, and dropout before it: {@code [N, I]} to {@code [N, O]}.
 *
 * <p>Parameters: {@code W} {@code [O, I]}, {@code b} {@code [O]}.
 */
public final class DenseBlock extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    @JsonProperty
    private Activation activation;

    /** For reading from JSON. */
    DenseBlock() {}

    /**
     * A layer of these settings.
     *
     * @param dropout of the input in training
     * @param kernels the kernels' name
     */
    public DenseBlock(DenseSettings settings, Optional<SeededDropout> dropout, String kernels) {
        super(settings.inFeatures(), settings.outFeatures(), kernels);
        this.activation = settings.activation();
        dropout.ifPresent(this::setIDropout);
    }

    /** The features and the activation. */
    public DenseSettings settings() {
        return new DenseSettings((int) nIn, (int) nOut, activation);
    }

    @Override
    boolean readsMaps() {
        return false;
    }

    @Override
    boolean givesMaps() {
        return false;
    }

    /** Weights from N(0, sqrt(2 / I)), which keeps the variance behind a ReLU (arXiv 1502.01852); biases of 0. */
    @Override
    List<ParameterSpec> parameters() {
        return List.of(ParameterSpec.kernel(WEIGHTS, nIn, nOut, nIn), ParameterSpec.constant(BIAS, 0, nOut));
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new DenseBlockLayer(configuration, type, provider.dense(settings()));
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (nIn <= 0 || override) {
            nIn = inputType.arrayElementsPerExample();
        }
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(nOut);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DenseBlock dense
                && super.equals(other)
                && settings().equals(dense.settings())
                && getKernels().equals(dense.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), getKernels());
    }
}
