package org.efficientnet4j.graph.layers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.ConvolutionTraining;
import org.efficientnet4j.kernels.InferenceStep;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The run-time half of {@link ConvolutionBlock}. */
final class ConvolutionBlockLayer extends RecomputedLayer<ConvolutionBlock, ConvolutionTraining> {
    private static final long serialVersionUID = 1L;

    private final transient ConvolutionKernel convolution;

    ConvolutionBlockLayer(NeuralNetConfiguration configuration, DataType type, ConvolutionKernel convolution) {
        super(configuration, type);
        this.convolution = convolution;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        ConvolutionSettings settings = layerConf().settings();
        InputChecks.outputSize(
                name(),
                input,
                settings.outputSize((int) input.size(1)),
                settings.outputSize((int) input.size(2)),
                settings.kernel());
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        INDArray images = arrays.contiguous(input);
        if (!training) {
            return convolution.infer(images, view(withoutBias(params)), arrays);
        }
        parametersChanged();
        enter(workspaces);
        return training(convolution).forward(images, view(params), arraysOf(arrays));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        restore(arrays);
        boolean needed = layerConf().needsInputGradient();
        INDArray inputGradient = training(convolution)
                .backward(
                        arrays.contiguous(input),
                        arrays.contiguous(epsilon),
                        view(params),
                        view(gradientViews),
                        needed,
                        gradientsOf(arrays));
        biasBeforeNorm(gradientViews).ifPresent(gradient -> gradient.assign(0));
        moveStatistics();
        return new Pair<>(gradients(), needed ? inputGradient : null);
    }

    void moveStatistics() {
        Optional<INDArray> bias = biasBeforeNorm(params);
        bias.ifPresent(shift -> params.get(ConvolutionBlock.MEAN).subi(shift));
        training(convolution).moveStatistics(view(params));
        bias.ifPresent(shift -> params.get(ConvolutionBlock.MEAN).addi(shift));
        parametersChanged();
    }

    private static Optional<INDArray> biasBeforeNorm(Map<String, INDArray> arrays) {
        return arrays.containsKey(ConvolutionBlock.GAMMA)
                ? Optional.ofNullable(arrays.get(ConvolutionBlock.BIAS))
                : Optional.empty();
    }

    /** The parameters of the same block without a bias before its batch norm: the running mean is less by it. */
    private static Map<String, INDArray> withoutBias(Map<String, INDArray> arrays) {
        Optional<INDArray> bias = biasBeforeNorm(arrays);
        if (bias.isEmpty()) {
            return arrays;
        }
        Map<String, INDArray> shifted = new HashMap<>(arrays);
        shifted.put(ConvolutionBlock.MEAN, arrays.get(ConvolutionBlock.MEAN).sub(bias.get()));
        return shifted;
    }

    @Override
    void forget() {
        convolution.clear();
    }

    @Override
    INDArray recompute(boolean needsOutput, ArrayAllocator arrays) {
        return convolution.recompute(input, view(params), needsOutput, arrays);
    }

    void parametersChanged() {
        convolution.parametersChanged();
    }

    /** The step in compiled inference; empty with a bias before batch norm, which such steps lack. */
    Optional<InferenceStep> inferenceStep(int source) {
        return biasBeforeNorm(params).isPresent()
                ? Optional.empty()
                : Optional.of(new InferenceStep.Convolution(source, layerConf().settings(), view(params)));
    }

    @Override
    public void clear() {
        super.clear();
        convolution.clear();
        together().ifPresent(ConvolutionTraining::clear);
    }

    private static ConvolutionParameters view(Map<String, INDArray> arrays) {
        INDArray weights = arrays.get(ConvolutionBlock.WEIGHTS);
        if (!arrays.containsKey(ConvolutionBlock.GAMMA)) {
            return ConvolutionParameters.biased(weights, arrays.get(ConvolutionBlock.BIAS));
        }
        return ConvolutionParameters.normalised(
                weights,
                arrays.get(ConvolutionBlock.GAMMA),
                arrays.get(ConvolutionBlock.BETA),
                arrays.get(ConvolutionBlock.MEAN),
                arrays.get(ConvolutionBlock.VARIANCE));
    }
}
