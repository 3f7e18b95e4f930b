package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.PoolingKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean over pixels by a provider's loops. */
record OneDnnPooling(PixelLoops loops) implements PoolingKernel {
    @Override
    public INDArray forward(INDArray input, ArrayAllocator arrays) {
        INDArray result = arrays.activations(input.size(0), input.size(3));
        loops.mean(
                Addresses.of(input),
                Addresses.of(result),
                (int) input.size(0),
                (int) (input.size(1) * input.size(2)),
                (int) input.size(3));
        return result;
    }

    @Override
    public INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays) {
        INDArray result = arrays.gradient(input.shape());
        int pixels = (int) (input.size(1) * input.size(2));
        loops.spread(Addresses.of(epsilon), 1f / pixels, Addresses.of(result), (int) input.size(0), pixels, (int)
                input.size(3));
        return result;
    }
}
