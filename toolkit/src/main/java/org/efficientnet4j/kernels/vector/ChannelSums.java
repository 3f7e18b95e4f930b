package org.efficientnet4j.kernels.vector;

/** Sums by channel: of a block of tiles in float, of all in double, added in a fixed order. */
final class ChannelSums {
    private final int channels;
    private final double[][] partial;

    ChannelSums(int slots, int channels) {
        this.channels = channels;
        this.partial = new double[slots][];
    }

    /** Adds a tile's accumulators to a slot. */
    void add(int slot, float[] tile, int valid) {
        if (partial[slot] == null) {
            partial[slot] = new double[channels];
        }
        double[] sums = partial[slot];
        for (int start = 0; start < valid; start += channels) {
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += tile[start + channel];
            }
        }
    }

    /** A slot's sum of one channel. */
    double of(int slot, int channel) {
        return partial[slot] == null ? 0 : partial[slot][channel];
    }

    double[] total(int fromSlot, int toSlot) {
        double[] result = new double[channels];
        for (int slot = fromSlot; slot < toSlot; slot++) {
            if (partial[slot] != null) {
                for (int channel = 0; channel < channels; channel++) {
                    result[channel] += partial[slot][channel];
                }
            }
        }
        return result;
    }
}
