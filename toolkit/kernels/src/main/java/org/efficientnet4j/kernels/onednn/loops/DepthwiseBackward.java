package org.efficientnet4j.kernels.onednn.loops;

import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;

/** A depthwise convolution's backward pass in a provider's own loops. */
public interface DepthwiseBackward {
    /** Computes both gradients of a batch {@code [images, height, width, channels]}. */
    void run(int images, int height, int width, RowGradient gradient, Arrays arrays);

    /**
     * The addresses of one call's arrays.
     *
     * @param input of the convolution
     * @param weights in DL4J's layout
     * @param weightGradient in DL4J's layout, overwritten
     * @param inputGradient overwritten; 0 where it is not wanted
     */
    record Arrays(long input, long weights, long weightGradient, long inputGradient) {}
}
