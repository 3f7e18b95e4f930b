package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ClassifierKernel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The run-time half of {@link Classifier}. What the toolkit's networks don't have (masks, noise) is left to DL4J. */
final class ClassifierLayer extends OutputLayer {
    private static final long serialVersionUID = 1L;

    private final transient ClassifierKernel products;

    ClassifierLayer(NeuralNetConfiguration configuration, DataType type, ClassifierKernel products) {
        super(configuration, type);
        this.products = products;
    }

    private boolean isPlain() {
        return maskArray == null
                && input != null
                && input.rank() == 2
                && input.size(1) == layerConf().getNIn()
                && layerConf().hasBias()
                && layerConf().getWeightNoise() == null;
    }

    @Override
    protected Pair<INDArray, INDArray> preOutputWithPreNorm(
            boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
        if (!isPlain()) {
            return super.preOutputWithPreNorm(training, forBackprop, workspaces);
        }
        applyDropOutIfNecessary(training, workspaces);
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        INDArray logits = arrays.activations(input.size(0), layerConf().getNOut());
        INDArray bias = getParam(DefaultParamInitializer.BIAS_KEY);
        products.forward(arrays.contiguous(input), weights(arrays), arrays.contiguous(bias), logits);
        return new Pair<>(logits, null);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (!isPlain()) {
            return super.backpropGradient(epsilon, workspaces);
        }
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        INDArray logits = preOutput2d(true, workspaces);
        INDArray targets = getLabels2d(workspaces, ArrayType.BP_WORKING_MEM);
        INDArray delta = layerConf()
                .getLossFn()
                .computeGradient(targets, logits, layerConf().getActivationFn(), null);
        INDArray weightGradient = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
        INDArray biasGradient = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
        INDArray result = arrays.gradient(input.shape());
        products.backward(
                arrays.contiguous(input),
                arrays.contiguous(delta),
                weights(arrays),
                weightGradient.transpose(),
                result);
        delta.sum(biasGradient, 0);
        Gradient gradient = new DefaultGradient();
        gradient.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
        gradient.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, biasGradient);
        return new Pair<>(gradient, backpropDropOutIfPresent(result));
    }

    /** {@code [classes, features]}: DL4J keeps the weights in f order. */
    private INDArray weights(LayerArrays arrays) {
        return arrays.contiguous(getParam(DefaultParamInitializer.WEIGHT_KEY).transpose());
    }
}
