package org.efficientnet4j.kernels.onednn.convolution;

/** A convolution's input, a piece at a time. */
@FunctionalInterface
public interface PieceInput {
    /**
     * Address of a piece's input, valid until the calling thread asks for the next.
     *
     * @param inputGradient where the gradient by it lies, in the backward pass and where it is wanted; else 0
     */
    long address(ConvolutionPass pass, int share, int piece, long inputGradient);

    /** An array's. */
    static PieceInput at(long array) {
        return (pass, share, piece, inputGradient) -> array + pass.inputOffset(share, piece);
    }
}
