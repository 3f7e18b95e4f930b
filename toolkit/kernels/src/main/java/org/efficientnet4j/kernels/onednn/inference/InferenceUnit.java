package org.efficientnet4j.kernels.onednn.inference;

/**
 * Some steps of a network that are computed together, compiled for one size and number of images and one number of parts
 * (threads that work on the same images). Everything is float32 in NHWC order, at addresses.
 */
public interface InferenceUnit extends AutoCloseable {
    /** How often all parts have to wait for each other. */
    int rounds();

    /** Runs one part's share of a round. All parts must have ended the round before. */
    void run(int round, int part, long input, long output);

    @Override
    void close();
}
