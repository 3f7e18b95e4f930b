package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Global average pooling. */
public interface PoolingKernel {
    /**
     * The mean of each channel.
     *
     * @param input {@code [N, H, W, C]}
     * @return {@code [N, C]}
     */
    INDArray forward(INDArray input, ArrayAllocator arrays);

    /**
     * The gradient by the input, spread evenly.
     *
     * @param input what {@code forward} was given, for its shape
     * @param epsilon {@code [N, C]}
     * @return {@code [N, H, W, C]}
     */
    INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays);
}
