package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer's squeeze-excite; keeps what the backward pass needs between the two calls. */
public interface SqueezeExciteKernel {
    /**
     * The gated input.
     *
     * @param input {@code [N, H, W, C]}, unchanged until {@link #backward}
     * @param training whether {@link #backward} may follow
     * @return {@code [N, H, W, C]}
     */
    INDArray forward(INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays);

    /**
     * Backward through the last {@link #forward}; overwrites the gradients.
     *
     * @param input what {@code forward} was given
     * @param epsilon the loss's gradient by the output {@code [N, H, W, C]}, left unchanged
     * @return the loss's gradient by the input {@code [N, H, W, C]}
     */
    INDArray backward(
            INDArray input,
            INDArray epsilon,
            SqueezeExciteParameters parameters,
            SqueezeExciteParameters gradients,
            ArrayAllocator arrays);

    /** Frees what {@link #forward} kept. */
    default void clear() {}

    /** Frees native memory; a later call takes it again. Without it the memory goes when the kernel is garbage. */
    default void close() {}
}
