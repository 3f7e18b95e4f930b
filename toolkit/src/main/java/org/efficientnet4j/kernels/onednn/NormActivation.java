package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch norm and optional swish of one layer in training; keeps the batch's statistics between the two calls. */
public interface NormActivation {
    /** Computes the batch's statistics, moves the running ones, and writes the activated result. */
    void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters);

    /** Writes the activated result of the last {@link #forward} again, by the statistics computed there. */
    void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters);

    /**
     * Writes the gradients of gamma and beta.
     *
     * @param convolved what {@code forward} was given; may be overwritten
     * @return the gradient by {@code convolved}
     */
    INDArray backward(
            INDArray convolved,
            INDArray epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            ArrayAllocator arrays);

    /** Releases native memory. */
    default void close() {}
}
