package org.efficientnet4j.graph.layers;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.PoolingSettings;
import org.nd4j.linalg.api.buffer.DataType;

/** Base of poolings over windows. */
public abstract class WindowPooling extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    /** For reading from JSON. */
    WindowPooling() {}

    WindowPooling(int channels, String kernels) {
        super(channels, channels, kernels);
    }

    /** The windows. */
    public abstract PoolingSettings settings();

    /** Pixels that the padded image needs at least. */
    abstract int smallestSize();

    @Override
    List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new WindowPoolingLayer(configuration, type, provider.windowPooling(settings()));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional input = convolutional(inputType);
        return InputType.convolutional(
                settings().rows((int) input.getHeight()).size(),
                settings().columns((int) input.getWidth()).size(),
                nOut,
                CNN2DFormat.NHWC);
    }
}
