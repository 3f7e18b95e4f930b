package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import org.efficientnet4j.kernels.memory.Addresses;

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
        double[] sums = slot(slot);
        for (int start = 0; start < valid; start += channels) {
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += tile[start + channel];
            }
        }
    }

    /** Adds a tile's accumulators, times a factor for each channel, to a slot. */
    void add(int slot, float[] tile, float[] factors, int valid) {
        double[] sums = slot(slot);
        for (int start = 0; start < valid; start += channels) {
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += (double) factors[channel] * tile[start + channel];
            }
        }
    }

    private double[] slot(int slot) {
        if (partial[slot] == null) {
            partial[slot] = new double[channels];
        }
        return partial[slot];
    }

    /** A slot's sum of one channel. */
    double of(int slot, int channel) {
        return partial[slot] == null ? 0 : partial[slot][channel];
    }

    /** The sum of some slots, by channel. */
    double[] total(int fromSlot, int toSlot) {
        double[] result = new double[channels];
        addTotal(fromSlot, toSlot, result);
        return result;
    }

    /** Adds the sum of some slots, by channel. */
    void addTotal(int fromSlot, int toSlot, double[] result) {
        for (int slot = fromSlot; slot < toSlot; slot++) {
            double[] sums = partial[slot];
            for (int channel = 0; sums != null && channel < channels; channel++) {
                result[channel] += sums[channel];
            }
        }
    }

    /** Adds the sum of some slots times a factor, by channel. */
    void addTotal(int fromSlot, int toSlot, float[] factors, double[] result) {
        for (int slot = fromSlot; slot < toSlot; slot++) {
            double[] sums = partial[slot];
            for (int channel = 0; sums != null && channel < channels; channel++) {
                result[channel] += factors[channel] * sums[channel];
            }
        }
    }

    /**
     * Writes the sums of blocks of slots, times a factor.
     *
     * @param result address of {@code [blocks, channels]}, of which slots / blocks slots each are the parts
     */
    void writeBlocks(int blocks, double factor, long result) {
        int slots = partial.length / blocks;
        float[] values = new float[blocks * channels];
        double[] total = new double[channels];
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(total, 0);
            addTotal(block * slots, (block + 1) * slots, total);
            for (int channel = 0; channel < channels; channel++) {
                values[block * channels + channel] = (float) (total[channel] * factor);
            }
        }
        Addresses.floats(result, values.length).put(values);
    }
}
