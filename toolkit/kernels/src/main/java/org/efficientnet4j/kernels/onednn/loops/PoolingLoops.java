package org.efficientnet4j.kernels.onednn.loops;

/** Loops of a pooling over one NHWC image, each by the calling thread alone. Images are given by their addresses. */
public interface PoolingLoops {
    /** Writes the windows {@code first ... end - 1} of an image. */
    void forward(PoolingGeometry geometry, long input, long output, int channels, int first, int end);

    /** Adds the gradient by an image to {@code inputGradient}. */
    void backward(PoolingGeometry geometry, long input, long outputGradient, long inputGradient, int channels);
}
