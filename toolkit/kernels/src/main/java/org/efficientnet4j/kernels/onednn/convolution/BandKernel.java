package org.efficientnet4j.kernels.onednn.convolution;

/** One direction of a convolution for one band, by the addresses of the band's own part of input and output. */
public interface BandKernel extends AutoCloseable {
    /**
     * Computes what the direction says: the output, the input's gradient from the output's, or the weights' gradient. Of
     * an input's gradient, pixels that no kernel reads are left as they are.
     */
    void execute(long input, long weights, long output);

    /** Returns whether {@link #add} is there. */
    default boolean adds() {
        return false;
    }

    /** Adds the weights' gradient to what lies at {@code weights}. */
    default void add(long input, long weights, long output) {
        throw new UnsupportedOperationException("This kernel only overwrites");
    }

    /** Computes the output with a bias and an activation. */
    default void infer(long input, long weights, long output, long bias) {
        throw new UnsupportedOperationException("This kernel only trains");
    }

    @Override
    void close();
}
