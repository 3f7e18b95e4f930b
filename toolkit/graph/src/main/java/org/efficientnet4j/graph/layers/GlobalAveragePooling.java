package org.efficientnet4j.graph.layers;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.KernelProvider;
import org.nd4j.linalg.api.buffer.DataType;

/** The mean over height and width: {@code [N, H, W, C]} to {@code [N, C]}. No parameters. */
public final class GlobalAveragePooling extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    /** For reading from JSON. */
    GlobalAveragePooling() {}

    /**
     * A pooling layer.
     *
     * @param kernels the kernels' name
     */
    public GlobalAveragePooling(int channels, String kernels) {
        super(channels, channels, kernels);
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
        return new GlobalAveragePoolingLayer(configuration, type, provider.pooling());
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(nOut);
    }
}
