package org.efficientnet4j.kernels.onednn.loops;

import org.efficientnet4j.kernels.onednn.primitive.PostOperations;

/**
 * The one-dimensional transforms of Winograd's convolution F(4, 3), four outputs of a kernel of three by six products, at
 * the points 0, 1, -1, 2, -2 and infinity. Each takes vectors of floats as its operands: a transform in two dimensions is
 * one along the rows and one along the columns. By the calling thread alone.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (arXiv 1509.09308), section 4.3.
 */
public interface WinogradLoops {
    /**
     * Operands of transforms, by addresses and distances in bytes.
     *
     * @param address of the first transform's first operand
     * @param step from a transform's operand to its next
     * @param next from a transform's first operand to that of the next transform
     */
    record Operands(long address, long step, long next) {}

    /** The floats that every operand's length must be a multiple of. */
    int lanes();

    /**
     * Computes transforms one after the other.
     *
     * @param floats in each operand, a multiple of {@link #lanes()}
     * @param count the number of transforms
     */
    void run(Transform transform, Operands from, Operands to, int floats, int count);

    /**
     * {@code to = activation(from + bias)}, or {@code activation(to + from + bias)}; where it is not added, {@code from} and
     * {@code to} may be one.
     *
     * @param bias a float for each channel
     * @param post whether it is added, and the activation
     */
    void finish(long from, long to, long pixels, int channels, long bias, PostOperations post);

    /** The transforms, named by what they turn into what; numbers of operands behind. */
    enum Transform {
        /** Six inputs to six points: B^T. */
        INPUT(6, 6),
        /** Six points to four outputs: A^T. */
        OUTPUT(6, 4),
        /** The gradient by four outputs to six points: A. */
        OUTPUT_GRADIENT(4, 6),
        /** Three weights to six points: G. */
        WEIGHTS(3, 6),
        /** Three weights in reverse order to six points: G. */
        FLIPPED_WEIGHTS(3, 6),
        /** Six points to the gradient by three weights: G^T. */
        WEIGHT_GRADIENT(6, 3);

        private final int operands;
        private final int results;

        Transform(int operands, int results) {
            this.operands = operands;
            this.results = results;
        }

        /** Operands of one transform. */
        public int operands() {
            return operands;
        }

        /** Results of one transform. */
        public int results() {
            return results;
        }
    }
}
