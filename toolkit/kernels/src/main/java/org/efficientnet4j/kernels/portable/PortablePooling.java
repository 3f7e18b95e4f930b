package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.PoolingKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean over height and width. */
final class PortablePooling implements PoolingKernel {
    @Override
    public INDArray forward(INDArray input, ArrayAllocator arrays) {
        return arrays.activations(input.size(0), input.size(3)).assign(input.mean(1, 2));
    }

    @Override
    public INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays) {
        double share = 1.0 / (input.size(1) * input.size(2));
        INDArray perPixel = epsilon.dup('c').muli(share).reshape('c', input.size(0), 1, 1, input.size(3));
        return arrays.gradient(input.shape()).assign(perPixel.broadcast(input.shape()));
    }
}
