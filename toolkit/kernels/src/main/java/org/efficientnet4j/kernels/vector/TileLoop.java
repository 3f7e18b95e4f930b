package org.efficientnet4j.kernels.vector;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.threads.KernelThreads;

/**
 * Runs a loop over arrays {@code [blocks, rows, channels]}, in parallel unless the caller is to do it alone. Rows are taken as tiles: the fewest whole rows
 * whose floats are a multiple of the vector's lanes and at least {@value #MIN_TILE}, so that any number of channels runs
 * at full width; a block's last, incomplete tile is copied to a padded place and back.
 */
final class TileLoop {
    private static final int MIN_TILE = 256;
    private static final int MIN_SHARE = 16_384;
    private static final long MAX_WINDOW = 1L << 30;

    private final int threads;
    private final int blocks;
    private final int parts;
    private final int channels;
    private final int tile;
    private final long tilesPerBlock;
    private final int rest;
    private final long blockFloats;

    TileLoop(int blocks, long rows, int channels) {
        this(KernelThreads.shared().count(), blocks, rows, channels);
    }

    /** By the calling thread alone. */
    static TileLoop byCaller(int blocks, long rows, int channels) {
        return new TileLoop(1, blocks, rows, channels);
    }

    private TileLoop(int threads, int blocks, long rows, int channels) {
        this.threads = threads;
        this.blocks = blocks;
        this.channels = channels;
        this.tile = tile(channels);
        this.blockFloats = rows * channels;
        this.tilesPerBlock = blockFloats / tile;
        this.rest = (int) (blockFloats % tile);
        long wanted = blocks >= threads ? 1 : (threads + blocks - 1) / blocks;
        long useful = Math.max(1, blockFloats / MIN_SHARE);
        long needed = (blockFloats * 4 + MAX_WINDOW - 1) / MAX_WINDOW;
        this.parts = (int) Math.max(Math.min(wanted, useful), needed);
    }

    /** An array by its address. */
    record Operand(long address, boolean read, boolean written) {
        static Operand in(long address) {
            return new Operand(address, true, false);
        }

        static Operand out(long address) {
            return new Operand(address, false, true);
        }
    }

    /** The loop over some tiles. */
    interface Pass {
        /**
         * Handles tiles 0 ... tiles - 1 of the windows.
         *
         * @param slot the number of this call among those of one block, for a partial result of its own
         * @param valid how many floats of each tile mean something
         */
        void run(int block, int slot, FloatWindow[] windows, long tiles, int valid);
    }

    /** Floats in a tile. */
    int tile() {
        return tile;
    }

    /** Calls a block. */
    int slots() {
        return parts + 1;
    }

    /** Values by channel, repeated to fill a tile. */
    float[] repeated(float[] values, int from) {
        float[] result = new float[tile];
        for (int i = 0; i < tile; i += channels) {
            System.arraycopy(values, from, result, i, channels);
        }
        return result;
    }

    void run(List<Operand> operands, Pass pass) {
        IntConsumer body = share -> {
            int block = share / parts;
            int part = share % parts;
            long first = tilesPerBlock * part / parts;
            long last = tilesPerBlock * (part + 1) / parts;
            long start = (block * blockFloats + first * tile) * 4;
            if (last > first) {
                pass.run(block, part, windows(operands, start, (last - first) * tile * 4), last - first, tile);
            }
            if (part == parts - 1 && rest > 0) {
                runRest(operands, pass, block);
            }
        };
        if (threads > 1) {
            KernelThreads.shared().run(blocks * parts, body);
        } else {
            for (int share = 0; share < blocks * parts; share++) {
                body.accept(share);
            }
        }
    }

    /** Windows on the operands from a byte offset on. */
    static FloatWindow[] windows(List<Operand> operands, long start, long bytes) {
        FloatWindow[] result = new FloatWindow[operands.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = new FloatWindow(operands.get(i).address() + start, bytes);
        }
        return result;
    }

    private void runRest(List<Operand> operands, Pass pass, int block) {
        long start = (block * blockFloats + tilesPerBlock * tile) * 4;
        staged(operands, start, rest, tile, windows -> pass.run(block, parts, windows, 1, rest));
    }

    /** Runs over an incomplete tile by way of a padded place. */
    static void staged(List<Operand> operands, long start, int floats, int tile, Consumer<FloatWindow[]> body) {
        long bytes = tile * 4L;
        long staging = ThreadScratch.address(Purpose.STAGING, bytes * operands.size());
        Addresses.clear(staging, bytes * operands.size());
        FloatWindow[] windows = new FloatWindow[operands.size()];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new FloatWindow(staging + i * bytes, bytes);
            if (operands.get(i).read()) {
                Addresses.copy(operands.get(i).address() + start, staging + i * bytes, floats * 4L);
            }
        }
        body.accept(windows);
        for (int i = 0; i < windows.length; i++) {
            if (operands.get(i).written()) {
                Addresses.copy(staging + i * bytes, operands.get(i).address() + start, floats * 4L);
            }
        }
    }

    /** The floats of a tile. */
    static int tile(int channels) {
        int rows = 1;
        while (rows * channels % Lanes.COUNT != 0) {
            rows *= 2;
        }
        while (rows * channels < MIN_TILE) {
            rows *= 2;
        }
        return rows * channels;
    }
}
