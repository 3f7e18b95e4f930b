package org.efficientnet4j.kernels.onednn.convolution;

/** A convolution's weight gradient, summed up piece by piece. */
public interface WeightGradient {
    /** Sums over a batch of images of a size, to be added up in so many shares. */
    Sums begin(int shares, int height, int width);

    /** Releases native memory. */
    default void close() {}

    /** Running sums. */
    interface Sums {
        /**
         * Adds a piece of a share; one thread at a time for a share.
         *
         * @param piece its number in the share, from 0
         * @param images in it
         * @param input address of the piece's NHWC float32 images
         * @param outputGradient address of the piece's gradient by the convolution's output
         */
        void add(int share, int piece, int images, long input, long outputGradient);

        /** Overwrites {@code gradient}, in DL4J's layout, with the sum of all shares. */
        void write(long gradient);
    }
}
