package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A whole network compiled for inference; one thread at a time. */
public interface InferenceEngine extends AutoCloseable {
    /**
     * Runs the network.
     *
     * @param images float32 {@code [N, H, W, C]}, row-major and without gaps, any N, H and W
     * @return what the last step gives, in memory of its own
     */
    INDArray infer(INDArray images);

    /**
     * Takes along what it reads of the convolutions' parameters, which may go afterwards; before the first
     * {@link #infer}.
     */
    void keepConvolutions();

    /** Frees native memory. Without it the memory goes when the engine is garbage. */
    @Override
    void close();
}
