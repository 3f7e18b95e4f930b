package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.DenseKernel;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's matrix products; keeps the activation's input. */
final class PortableDense implements DenseKernel {
    private final Activation activation;
    private INDArray sums;

    PortableDense(Activation activation) {
        this.activation = activation;
    }

    @Override
    public INDArray forward(INDArray input, INDArray weights, INDArray bias, boolean training, ArrayAllocator arrays) {
        INDArray result = arrays.activations(input.size(0), weights.size(0));
        input.mmuli(weights.transpose(), result).addiRowVector(bias.reshape(bias.length()));
        sums = training ? arrays.kept(result.shape()).assign(result) : null;
        return Activations.apply(activation, result);
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            INDArray weights,
            INDArray weightGradient,
            INDArray biasGradient,
            ArrayAllocator arrays) {
        INDArray gradient = Activations.slope(activation, sums).muli(epsilon);
        sums = null;
        weightGradient.assign(gradient.transpose().mmul(input));
        biasGradient.assign(gradient.sum(0).reshape(biasGradient.shape()));
        return arrays.gradient(input.shape()).assign(gradient.mmul(weights));
    }

    @Override
    public void clear() {
        sums = null;
    }
}
