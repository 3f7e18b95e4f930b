package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.DenseKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link DenseBlock}. */
final class DenseBlockLayer extends KernelLayer<DenseBlock> {
    private static final long serialVersionUID = 1L;

    private final transient DenseKernel dense;

    DenseBlockLayer(NeuralNetConfiguration configuration, DataType type, DenseKernel dense) {
        super(configuration, type);
        this.dense = dense;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        InputChecks.features(name(), input, layerConf().getNIn());
        applyDropOutIfNecessary(training, workspaces);
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        return dense.forward(
                arrays.contiguous(input),
                params.get(DenseBlock.WEIGHTS),
                params.get(DenseBlock.BIAS),
                training,
                arrays);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        INDArray inputGradient = dense.backward(
                arrays.contiguous(input),
                arrays.contiguous(epsilon),
                params.get(DenseBlock.WEIGHTS),
                gradientViews.get(DenseBlock.WEIGHTS),
                gradientViews.get(DenseBlock.BIAS),
                arrays);
        return new Pair<>(gradients(), backpropDropOutIfPresent(inputGradient));
    }

    @Override
    public void clear() {
        super.clear();
        dense.clear();
    }
}
