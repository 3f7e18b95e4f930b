package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images {@code [N, C, H, W]} as {@code [N, H, W, C]}. Free where the array is a permuted view of channels-last memory, as
 * the input pipeline makes it; else one copy.
 */
public final class ChannelsLastPreProcessor implements InputPreProcessor {
    private static final long serialVersionUID = 1L;
    private static final int RANK = 4;

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        if (input.rank() != RANK) {
            throw new DL4JInvalidInputException(
                    "The network must be given images [N, channels, height, width], found an" + " array of shape "
                            + Arrays.toString(input.shape()));
        }
        INDArray channelsLast = input.permute(0, 2, 3, 1);
        return LayerArrays.isContiguous(channelsLast)
                ? workspaces.leverageTo(ArrayType.ACTIVATIONS, channelsLast)
                : workspaces.dup(ArrayType.ACTIVATIONS, channelsLast, 'c');
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return output == null ? null : output.permute(0, 3, 1, 2);
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        InputType.InputTypeConvolutional type = ChannelsLastLayer.convolutional(inputType);
        return InputType.convolutional(type.getHeight(), type.getWidth(), type.getChannels(), CNN2DFormat.NHWC);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int minibatchSize) {
        return new Pair<>(mask, state);
    }

    @Override
    public InputPreProcessor clone() {
        return new ChannelsLastPreProcessor();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelsLastPreProcessor;
    }

    @Override
    public int hashCode() {
        return ChannelsLastPreProcessor.class.hashCode();
    }
}
