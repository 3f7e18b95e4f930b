package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One fully connected layer; keeps what the backward pass needs between the two calls. Weights are {@code [O, I]}. */
public interface DenseKernel {
    /**
     * {@code activation(input weights' + bias)}.
     *
     * @param input {@code [N, I]}, unchanged until {@link #backward}
     * @param bias {@code [O]}
     * @param training whether {@link #backward} may follow
     * @return {@code [N, O]}
     */
    INDArray forward(INDArray input, INDArray weights, INDArray bias, boolean training, ArrayAllocator arrays);

    /**
     * Backward through the last {@link #forward}; overwrites the gradients.
     *
     * @param input what {@code forward} was given
     * @param epsilon the loss's gradient by the output {@code [N, O]}; may be overwritten
     * @param weightGradient {@code [O, I]}
     * @param biasGradient {@code [O]}
     * @return the loss's gradient by the input {@code [N, I]}
     */
    INDArray backward(
            INDArray input,
            INDArray epsilon,
            INDArray weights,
            INDArray weightGradient,
            INDArray biasGradient,
            ArrayAllocator arrays);

    /** Frees what {@link #forward} kept. */
    default void clear() {}

    /** Frees native memory; a later call takes it again. Without it the memory goes when the kernel is garbage. */
    default void close() {}
}
