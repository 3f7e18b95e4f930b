package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Broadcast multiply and add, then the activation, whose input is computed again in the backward pass. */
record PortableResidual(Activation activation) implements ResidualKernel {
    @Override
    public INDArray forward(INDArray branch, INDArray shortcut, float[] scale, ArrayAllocator arrays) {
        return Activations.apply(activation, sum(branch, shortcut, scale, arrays.activations(branch.shape())));
    }

    private static INDArray sum(INDArray branch, INDArray shortcut, float[] scale, INDArray result) {
        return scaled(branch, scale, result).addi(shortcut);
    }

    @Override
    public Gradients backward(
            INDArray branch, INDArray shortcut, INDArray epsilon, float[] scale, ArrayAllocator arrays) {
        INDArray gradient = gradient(branch, shortcut, epsilon, scale, arrays);
        return new Gradients(scaled(gradient, scale, arrays.gradient(epsilon.shape())), gradient);
    }

    @Override
    public INDArray sharedGradient(
            INDArray branch, INDArray shortcut, INDArray result, INDArray epsilon, ArrayAllocator arrays) {
        return gradient(branch, shortcut, epsilon, null, arrays);
    }

    private INDArray gradient(
            INDArray branch, INDArray shortcut, INDArray epsilon, float[] scale, ArrayAllocator arrays) {
        INDArray gradient = arrays.gradient(epsilon.shape());
        if (activation == Activation.NONE) {
            return gradient.assign(epsilon);
        }
        return Activations.slope(activation, sum(branch, shortcut, scale, gradient))
                .muli(epsilon);
    }

    private static INDArray scaled(INDArray array, float[] scale, INDArray result) {
        if (scale == null) {
            return result.assign(array);
        }
        INDArray factors = Nd4j.createFromArray(scale).castTo(array.dataType()).reshape(scale.length, 1, 1, 1);
        return array.mul(factors, result);
    }
}
