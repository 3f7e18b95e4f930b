package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling over windows, without state: the backward pass finds the maxima again. */
public interface WindowPoolingKernel {
    /**
     * The maximum or mean of each channel of each window.
     *
     * @param input {@code [N, H, W, C]}
     * @return {@code [N, windows, windows, C]}
     */
    INDArray forward(INDArray input, ArrayAllocator arrays);

    /**
     * The gradient by the input. A maximum's goes to the first pixel that has it, by rows and columns.
     *
     * @param input what {@code forward} was given
     * @param epsilon {@code [N, windows, windows, C]}, left unchanged
     * @return {@code [N, H, W, C]}
     */
    INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays);

    /** Frees native memory; a later call takes it again. Without it the memory goes when the kernel is garbage. */
    default void close() {}
}
