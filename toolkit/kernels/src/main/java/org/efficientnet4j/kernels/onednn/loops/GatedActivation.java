package org.efficientnet4j.kernels.onednn.loops;

import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch norm, swish and squeeze-excite's gate behind a depthwise convolution, applied to its output y, some
 * rows at a time where they are needed, instead of arrays of their own: a = swish(scale y + shift) and g a with one g for
 * each channel of each image. Rows are those of y as {@code [N H W, C]}; addresses are of float32.
 */
public interface GatedActivation {
    /**
     * Computes the batch's statistics of what {@link NormActivation#add} took note of, and writes the means over each
     * image's pixels.
     *
     * @param convolved y, {@code [N, H, W, C]}
     * @param means of a, {@code [N, C]}
     */
    void squeeze(INDArray convolved, ConvolutionParameters parameters, long means);

    /** Takes over the gates {@code [N, C]}. */
    void gate(INDArray gates);

    /** Writes some rows of {@code g a}, in the calling thread. */
    void write(long first, long rows, long destination);

    /** Begins the backward pass, whose rows come in so many shares. */
    GatedGradient backward(int shares);

    /** The gradient by y, of that by {@code g a}. */
    interface GatedGradient extends RowGradient {
        /**
         * Takes note of some rows, in the calling thread; one thread at a time for a share.
         *
         * @param gradient where the rows' gradient by {@code g a} lies
         * @param destination the rows of {@code g a} are written there
         */
        void add(int share, long first, long rows, long gradient, long destination);

        /** Writes the gradient by the gates {@code [N, C]}. */
        void writeGateGradient(long destination);

        /** Takes over the gradient by the means {@code [N, C]}. */
        void squeezed(long gradient);

        /**
         * Writes the gradients of gamma and beta; {@link #write} may be called from then on.
         *
         * @param gradient the gradient by {@code g a}, all rows
         */
        void complete(long gradient, ConvolutionParameters gradients);
    }
}
