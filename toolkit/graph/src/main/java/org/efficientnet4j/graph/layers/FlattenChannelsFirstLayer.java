package org.efficientnet4j.graph.layers;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link FlattenChannelsFirst}. */
final class FlattenChannelsFirstLayer extends KernelLayer<FlattenChannelsFirst> {
    private static final long serialVersionUID = 1L;

    FlattenChannelsFirstLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        FlattenChannelsFirst settings = layerConf();
        if (input.size(1) != settings.height() || input.size(2) != settings.width()) {
            throw new DL4JInvalidInputException("The layer " + name() + " must be given images of "
                    + settings.height() + " x " + settings.width()
                    + " pixels, as the layer behind has a weight for each"
                    + " pixel, found " + input.size(1) + " x " + input.size(2)
                    + ": use images of the size that the network was made for");
        }
        INDArray result = LayerArrays.forward(workspaces, dataType).activations(input.size(0), settings.getNOut());
        long[] channelsFirst = {input.size(0), input.size(3), input.size(1), input.size(2)};
        result.reshape('c', channelsFirst).assign(input.permute(0, 3, 1, 2));
        return result;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        long[] channelsFirst = {input.size(0), input.size(3), input.size(1), input.size(2)};
        INDArray given = arrays.contiguous(epsilon).reshape('c', channelsFirst);
        return new Pair<>(new DefaultGradient(), arrays.gradient(input.shape()).assign(given.permute(0, 2, 3, 1)));
    }
}
