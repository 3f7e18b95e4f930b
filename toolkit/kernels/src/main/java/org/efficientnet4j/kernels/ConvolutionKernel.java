package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer's convolution, batch norm or bias, and activation, in training and inference. */
public interface ConvolutionKernel extends ConvolutionTraining {
    /**
     * Inference, with the running statistics.
     *
     * @param input {@code [N, H, W, I]}
     * @return {@code [N, H/s, W/s, O]}
     */
    INDArray infer(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays);

    /**
     * Computes again, by the statistics of the last {@link #forward}, what it kept, where {@link #clear} has freed that
     * since, and its output.
     *
     * @param input with the values that {@code forward} was given
     * @param needsOutput whether the caller uses the result
     * @return what {@code forward} returned, bit for bit; undefined where it is not needed
     */
    INDArray recompute(INDArray input, ConvolutionParameters parameters, boolean needsOutput, ArrayAllocator arrays);

    /** Tells that parameters were written from outside, so that anything derived from them is stale. */
    default void parametersChanged() {}
}
