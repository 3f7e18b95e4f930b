package org.efficientnet4j.graph.layers;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The run-time half of {@link SqueezeExcite}. */
final class SqueezeExciteLayer extends RecomputedLayer<SqueezeExcite, SqueezeExciteKernel> {
    private static final long serialVersionUID = 1L;

    private final transient SqueezeExciteKernel gate;

    SqueezeExciteLayer(NeuralNetConfiguration configuration, DataType type, SqueezeExciteKernel gate) {
        super(configuration, type);
        this.gate = gate;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        INDArray images = arrays.contiguous(input);
        if (!training) {
            return gate.forward(images, view(params), false, arrays);
        }
        enter(workspaces);
        return training(gate).forward(images, view(params), true, arraysOf(arrays));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        restore(arrays);
        INDArray inputGradient = training(gate)
                .backward(
                        arrays.contiguous(input),
                        arrays.contiguous(epsilon),
                        view(params),
                        view(gradientViews),
                        gradientsOf(arrays));
        return new Pair<>(gradients(), inputGradient);
    }

    InferenceStep.SqueezeExcite inferenceStep(int source) {
        return new InferenceStep.SqueezeExcite(source, layerConf().settings(), view(params));
    }

    @Override
    void forget() {
        gate.clear();
    }

    @Override
    INDArray recompute(boolean needsOutput, ArrayAllocator arrays) {
        return gate.forward(input, view(params), true, arrays);
    }

    @Override
    public void clear() {
        super.clear();
        gate.clear();
        together().ifPresent(SqueezeExciteKernel::clear);
    }

    private static SqueezeExciteParameters view(Map<String, INDArray> arrays) {
        return new SqueezeExciteParameters(
                arrays.get(SqueezeExcite.REDUCE_WEIGHTS),
                arrays.get(SqueezeExcite.REDUCE_BIAS),
                arrays.get(SqueezeExcite.EXPAND_WEIGHTS),
                arrays.get(SqueezeExcite.EXPAND_BIAS));
    }
}
