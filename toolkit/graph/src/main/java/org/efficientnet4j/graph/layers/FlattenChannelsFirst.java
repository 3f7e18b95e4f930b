package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.KernelProvider;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Images of one size as vectors: {@code [N, H, W, C]} to {@code [N, C H W]}, channel by channel, so that the weights of a
 * dense layer behind it are in PyTorch's order. No parameters.
 */
public final class FlattenChannelsFirst extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int height;

    @JsonProperty
    private int width;

    /** For reading from JSON. */
    FlattenChannelsFirst() {}

    /** A layer for images of this size. */
    public FlattenChannelsFirst(int channels, int height, int width, String kernels) {
        super(channels, Math.multiplyExact(channels, height * width), kernels);
        this.height = height;
        this.width = width;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    @Override
    boolean givesMaps() {
        return false;
    }

    @Override
    List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new FlattenChannelsFirstLayer(configuration, type);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(nOut);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlattenChannelsFirst flatten
                && super.equals(other)
                && height == flatten.height
                && width == flatten.width
                && getKernels().equals(flatten.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), height, width, getKernels());
    }
}
