package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's convolution, batch norm or bias, and activation in training; keeps what the backward pass needs between the
 * two calls.
 */
public interface ConvolutionTraining {
    /**
     * Training, with the batch's statistics; the running ones stay as they are.
     *
     * @param input {@code [N, H, W, I]}, unchanged until {@link #backward}
     * @return {@code [N, H/s, W/s, O]}
     */
    INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays);

    /**
     * Backward through the last {@link #forward}; overwrites the gradients of weights, gamma and beta, or of
     * weights and bias.
     *
     * @param input what {@code forward} was given
     * @param epsilon the loss's gradient by the output {@code [N, H/s, W/s, O]}; may be overwritten, as DL4J does
     * @param needsInputGradient whether the caller uses the result: false for a network's first layer
     * @return the loss's gradient by the input {@code [N, H, W, I]}; undefined content where it is not needed
     */
    INDArray backward(
            INDArray input,
            INDArray epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            boolean needsInputGradient,
            ArrayAllocator arrays);

    /**
     * Moves the running statistics, if there are any, by those of the last {@link #forward}'s batch; the running variance
     * takes the unbiased estimate, as PyTorch and TensorFlow do.
     */
    void moveStatistics(ConvolutionParameters parameters);

    /** Frees what {@link #forward} kept, all but the batch's statistics. */
    default void clear() {}

    /** Frees native memory; a later call takes it again. Without it the memory goes when the kernel is garbage. */
    default void close() {}
}
