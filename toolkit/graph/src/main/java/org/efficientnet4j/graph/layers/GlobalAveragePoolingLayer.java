package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.PoolingKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The run-time half of {@link GlobalAveragePooling}. */
final class GlobalAveragePoolingLayer extends KernelLayer<GlobalAveragePooling> {
    private static final long serialVersionUID = 1L;

    private final transient PoolingKernel pooling;

    GlobalAveragePoolingLayer(NeuralNetConfiguration configuration, DataType type, PoolingKernel pooling) {
        super(configuration, type);
        this.pooling = pooling;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        return pooling.forward(arrays.contiguous(input), arrays);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        return new Pair<>(new DefaultGradient(), pooling.backward(input, arrays.contiguous(epsilon), arrays));
    }
}
