package org.efficientnet4j.kernels.onednn.loops;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch norm or bias, and the activation, of one layer in training; keeps the batch's statistics between the two calls. */
public interface NormActivation {
    /** Begins a batch whose rows come in so many shares. */
    default void begin(int shares) {}

    /** Takes note of some rows of the convolution's output, in the calling thread; one thread at a time for a share. */
    default void add(int share, long convolved, long rows) {}

    /** Computes the batch's statistics and writes the activated result. */
    void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters);

    /** Moves the running statistics, if there are any, by the batch of the last {@link #forward}. */
    default void moveStatistics(ConvolutionParameters parameters) {}

    /** Writes the activated result of the last {@link #forward} again, by the statistics computed there. */
    void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters);

    /**
     * Writes the gradients of gamma and beta, or of the bias.
     *
     * @param convolved what {@code forward} was given
     * @param epsilon by the activated result; overwritten, and not to be changed before the returned gradient is computed
     * @return the gradient by {@code convolved}, computed when it is asked for
     */
    RowGradient backward(
            INDArray convolved, INDArray epsilon, ConvolutionParameters parameters, ConvolutionParameters gradients);

    /** A gradient by the convolution's output. */
    @FunctionalInterface
    interface RowGradient {
        /**
         * Writes some rows of it, in the calling thread.
         *
         * @param first the first row of {@code [rows, channels]}
         * @param rows how many
         * @param destination their address; may be that of the same rows of the convolution's output
         */
        void write(long first, long rows, long destination);
    }

    /** The same statistics for an activation that is made where it is needed, where this family can. */
    default Optional<GatedActivation> gated() {
        return Optional.empty();
    }

    /** Releases native memory. */
    default void close() {}
}
