package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;

/** Runs a loop over some rows in the calling thread, by the tiles of {@link TileLoop}. */
final class RowTiles {
    private final int channels;
    private final int tile;

    RowTiles(int channels) {
        this.channels = channels;
        this.tile = TileLoop.tile(channels);
    }

    /** The loop over some tiles. */
    interface Pass {
        /**
         * Handles tiles 0 ... tiles - 1 of the windows.
         *
         * @param valid how many floats of each tile mean something
         */
        void run(FloatWindow[] windows, long tiles, int valid);
    }

    /** Floats in a tile. */
    int tile() {
        return tile;
    }

    /** Values by channel, repeated to fill a tile; the given array where they do. */
    float[] repeated(float[] values) {
        return values.length == tile ? values : repeated(values, 0);
    }

    private float[] repeated(float[] values, int from) {
        float[] result = new float[tile];
        for (int i = 0; i < tile; i += channels) {
            System.arraycopy(values, from, result, i, channels);
        }
        return result;
    }

    /** Values {@code [blocks, channels]}, each block's repeated to fill a tile. */
    float[][] repeatedBlocks(float[] values) {
        float[][] result = new float[values.length / channels][];
        for (int block = 0; block < result.length; block++) {
            result[block] = repeated(values, block * channels);
        }
        return result;
    }

    /** Runs over rows whose operands begin at their addresses. */
    void run(long rows, List<Operand> operands, Pass pass) {
        long floats = rows * channels;
        long tiles = floats / tile;
        if (tiles > 0) {
            pass.run(TileLoop.windows(operands, 0, tiles * tile * 4), tiles, tile);
        }
        int rest = (int) (floats % tile);
        if (rest > 0) {
            TileLoop.staged(operands, tiles * tile * 4, rest, tile, windows -> pass.run(windows, 1, rest));
        }
    }
}
