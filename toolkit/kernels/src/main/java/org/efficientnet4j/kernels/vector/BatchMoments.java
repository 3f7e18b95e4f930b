package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.vector.TileArrays.Use;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;

/**
 * Mean and variance by channel of rows that come in pieces, by several threads. Each share sums around its own first row,
 * so that a large mean costs no digits; shares are put together in their order.
 */
final class BatchMoments {
    /** So many tiles are added up in float before their sum goes to double. */
    static final int TILES_IN_FLOAT = 64;

    private final int channels;
    private final RowTiles rows;
    private final long[] counts;
    /** A share's first row, to fill a tile. */
    private final float[][] pivots;

    private final ChannelSums sums;
    private final ChannelSums squares;

    BatchMoments(int shares, int channels) {
        this.channels = channels;
        this.rows = new RowTiles(channels);
        this.counts = new long[shares];
        this.pivots = new float[shares][];
        this.sums = new ChannelSums(shares, channels);
        this.squares = new ChannelSums(shares, channels);
    }

    /** Adds rows to a share, in the calling thread. */
    void add(int share, long address, long count) {
        if (pivots[share] == null) {
            float[] first = new float[channels];
            Addresses.floats(address, channels).get(first);
            pivots[share] = rows.repeated(first);
        }
        counts[share] += count;
        float[] pivot = pivots[share];
        rows.run(count, List.of(Operand.in(address)), (windows, tiles, valid) -> {
            long step = 4L * rows.tile();
            for (long tile = 0; tile < tiles; tile += TILES_IN_FLOAT) {
                float[] sum = TileArrays.zeros(Use.SUMS, rows.tile());
                float[] square = TileArrays.zeros(Use.PRODUCTS, rows.tile());
                long end = Math.min(tiles, tile + TILES_IN_FLOAT);
                long t = tile;
                for (; t + 3 < end; t += 4) {
                    NormRows.moments4(windows[0], t * step, pivot, sum, square);
                }
                for (; t < end; t++) {
                    NormRows.moments(windows[0], t * step, pivot, sum, square);
                }
                sums.add(share, sum, valid);
                squares.add(share, square, valid);
            }
        });
    }

    /** How many rows there were. */
    long count() {
        return Arrays.stream(counts).sum();
    }

    /** Their mean by channel. */
    double[] mean() {
        double[] result = new double[channels];
        for (int share = 0; share < counts.length; share++) {
            for (int c = 0; c < channels && counts[share] > 0; c++) {
                result[c] += mean(share, c) * counts[share];
            }
        }
        double count = count();
        for (int c = 0; c < channels; c++) {
            result[c] /= count;
        }
        return result;
    }

    /** Their biased variance by channel. */
    double[] variance(double[] mean) {
        double[] result = new double[channels];
        for (int share = 0; share < counts.length; share++) {
            for (int c = 0; c < channels && counts[share] > 0; c++) {
                double sum = sums.of(share, c);
                double off = mean(share, c) - mean[c];
                result[c] += squares.of(share, c) - sum * sum / counts[share] + off * off * counts[share];
            }
        }
        double count = count();
        for (int c = 0; c < channels; c++) {
            result[c] = Math.max(0, result[c] / count);
        }
        return result;
    }

    private double mean(int share, int channel) {
        return pivots[share][channel] + sums.of(share, channel) / counts[share];
    }
}
