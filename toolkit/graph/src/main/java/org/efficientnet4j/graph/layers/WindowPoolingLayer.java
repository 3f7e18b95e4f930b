package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.WindowPoolingKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link WindowPooling}. */
final class WindowPoolingLayer extends KernelLayer<WindowPooling> {
    private static final long serialVersionUID = 1L;

    private final transient WindowPoolingKernel pooling;

    WindowPoolingLayer(NeuralNetConfiguration configuration, DataType type, WindowPoolingKernel pooling) {
        super(configuration, type);
        this.pooling = pooling;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        PoolingSettings settings = layerConf().settings();
        InputChecks.outputSize(
                name(),
                input,
                settings.rows((int) input.size(1)).size(),
                settings.columns((int) input.size(2)).size(),
                layerConf().smallestSize());
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        return pooling.forward(arrays.contiguous(input), arrays);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        INDArray gradient = pooling.backward(arrays.contiguous(input), arrays.contiguous(epsilon), arrays);
        return new Pair<>(new DefaultGradient(), gradient);
    }
}
