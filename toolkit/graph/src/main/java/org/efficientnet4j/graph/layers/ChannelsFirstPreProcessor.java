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
 * Feature maps of this toolkit's layers, {@code [N, H, W, C]}, as DL4J's layers take them: {@code [N, C, H, W]}. One copy
 * each way. Stands before a layer, or as a {@code PreprocessorVertex} before several.
 */
public final class ChannelsFirstPreProcessor implements InputPreProcessor {
    private static final long serialVersionUID = 1L;
    private static final int RANK = 4;

    /** For maps of any size. */
    public ChannelsFirstPreProcessor() {}

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        if (input.rank() != RANK) {
            throw new DL4JInvalidInputException("Feature maps must have the shape [N, height, width, channels], found "
                    + Arrays.toString(input.shape()));
        }
        return workspaces.dup(ArrayType.ACTIVATIONS, input.permute(0, 3, 1, 2), 'c');
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return output == null ? null : workspaces.dup(ArrayType.ACTIVATION_GRAD, output.permute(0, 2, 3, 1), 'c');
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        InputType.InputTypeConvolutional type = ChannelsLastLayer.convolutional(inputType);
        return InputType.convolutional(type.getHeight(), type.getWidth(), type.getChannels(), CNN2DFormat.NCHW);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int minibatchSize) {
        return new Pair<>(mask, state);
    }

    @Override
    public InputPreProcessor clone() {
        return new ChannelsFirstPreProcessor();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelsFirstPreProcessor;
    }

    @Override
    public int hashCode() {
        return ChannelsFirstPreProcessor.class.hashCode();
    }
}
