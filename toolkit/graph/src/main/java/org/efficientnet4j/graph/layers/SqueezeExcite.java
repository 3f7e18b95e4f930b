package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Squeeze-excite: {@code [N, H, W, C]} to the same shape, each channel gated by a two-layer network of the channels'
 * means, swish and sigmoid behind its layers or other activations.
 *
 * <p>Parameters: {@code W1} {@code [R, C]}, {@code b1} {@code [R]}, {@code W2} {@code [C, R]}, {@code b2} {@code [C]}.
 *
 * <p>Source: Squeeze-and-Excitation Networks (arXiv 1709.01507).
 */
public final class SqueezeExcite extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    static final String REDUCE_WEIGHTS = "W1";
    static final String REDUCE_BIAS = "b1";
    static final String EXPAND_WEIGHTS = "W2";
    static final String EXPAND_BIAS = "b2";

    @JsonProperty
    private int reducedChannels;

    /** Version 0.1's files, which lack the activations, have these. */
    @JsonProperty
    private Activation activation = Activation.SWISH;

    @JsonProperty
    private Activation gate = Activation.SIGMOID;

    /** For reading from JSON. */
    SqueezeExcite() {}

    /**
     * A gate of these settings.
     *
     * @param kernels the kernels' name
     */
    public SqueezeExcite(SqueezeExciteSettings settings, String kernels) {
        super(settings.channels(), settings.channels(), kernels);
        this.reducedChannels = settings.reducedChannels();
        this.activation = settings.activation();
        this.gate = settings.gate();
    }

    /** The channels and activations. */
    public SqueezeExciteSettings settings() {
        return new SqueezeExciteSettings((int) nIn, reducedChannels, activation, gate);
    }

    /** The squeezed width. */
    public int reducedChannels() {
        return reducedChannels;
    }

    @Override
    List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.kernel(REDUCE_WEIGHTS, reducedChannels, reducedChannels, nIn),
                ParameterSpec.constant(REDUCE_BIAS, 0, reducedChannels),
                ParameterSpec.kernel(EXPAND_WEIGHTS, nIn, nIn, reducedChannels),
                ParameterSpec.constant(EXPAND_BIAS, 0, nIn));
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new SqueezeExciteLayer(configuration, type, provider.squeezeExcite(settings()));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof SqueezeExcite other
                && super.equals(object)
                && settings().equals(other.settings())
                && getKernels().equals(other.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), getKernels());
    }
}
