package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ResidualKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Broadcast multiply and add. */
final class PortableResidual implements ResidualKernel {
    @Override
    public INDArray forward(INDArray branch, INDArray shortcut, float[] scale, ArrayAllocator arrays) {
        INDArray result = arrays.activations(branch.shape());
        return scaled(branch, scale, result).addi(shortcut);
    }

    @Override
    public Gradients backward(INDArray epsilon, float[] scale, ArrayAllocator arrays) {
        return new Gradients(
                scaled(epsilon, scale, arrays.gradient(epsilon.shape())),
                arrays.gradient(epsilon.shape()).assign(epsilon));
    }

    private static INDArray scaled(INDArray array, float[] scale, INDArray result) {
        if (scale == null) {
            return result.assign(array);
        }
        INDArray factors = Nd4j.createFromArray(scale).castTo(array.dataType()).reshape(scale.length, 1, 1, 1);
        return array.mul(factors, result);
    }
}
