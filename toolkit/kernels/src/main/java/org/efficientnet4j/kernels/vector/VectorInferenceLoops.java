package org.efficientnet4j.kernels.vector;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.loops.PoolingLoops;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;

/**
 * A compiled inference's loops by vectors. Pixels are taken in tiles of whole vectors (see {@link TileLoop}); the last
 * pixels, fewer than a tile, one number at a time.
 */
final class VectorInferenceLoops implements InferenceLoops {
    private static final int CHUNK = 1024;

    @Override
    public void addPixels(long x, int pixels, int channels, double[] sums, int from) {
        float[] tile = new float[TileLoop.tile(channels)];
        long floats = (long) pixels * channels;
        long tiles = floats / tile.length;
        FloatWindow window = new FloatWindow(x, 4 * floats);
        long done = 0;
        for (; done + 3 < tiles; done += 4) {
            PixelRows.add4(window, 4 * done * tile.length, tile);
        }
        for (; done < tiles; done++) {
            PixelRows.add(window, 4 * done * tile.length, tile);
        }
        addTo(sums, from, channels, tile);
        addTo(sums, from, channels, rest(x, tiles * tile.length, floats));
    }

    @Override
    public void swish(long x, long count) {
        FloatWindow window = new FloatWindow(x, 4 * count);
        long whole = count / Lanes.COUNT * Lanes.COUNT;
        // One call, as the compiler puts the loop's machine code into each.
        for (long done = 0; done < whole; done += CHUNK) {
            PixelRows.swish(window, 4 * done, (int) Math.min(CHUNK, whole - done));
        }
        swishRest(x, whole, count);
    }

    @Override
    public void swishAndAddPixels(long x, int pixels, int channels, double[] sums, int from) {
        float[] tile = new float[TileLoop.tile(channels)];
        long floats = (long) pixels * channels;
        long tiles = floats / tile.length;
        FloatWindow window = new FloatWindow(x, 4 * floats);
        for (long i = 0; i < tiles; i++) {
            PixelRows.swishAdd(window, 4 * i * tile.length, tile);
        }
        addTo(sums, from, channels, tile);
        swishRest(x, tiles * tile.length, floats);
        addTo(sums, from, channels, rest(x, tiles * tile.length, floats));
    }

    private static void swishRest(long x, long from, long end) {
        if (from < end) {
            float[] values = rest(x, from, end);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] / (1 + Math.exp(-values[i])));
            }
            Addresses.floats(x + 4 * from, values.length).put(values);
        }
    }

    private static float[] rest(long x, long from, long end) {
        float[] values = new float[Math.toIntExact(end - from)];
        if (values.length > 0) {
            Addresses.floats(x + 4 * from, values.length).get(values);
        }
        return values;
    }

    /** Whole pixels to sums by channel. */
    private static void addTo(double[] sums, int from, int channels, float[] values) {
        for (int i = 0; i < values.length; i += channels) {
            for (int c = 0; c < channels; c++) {
                sums[from + c] += values[i + c];
            }
        }
    }

    @Override
    public void scalePixels(long x, int pixels, int channels, float[] factors, int from) {
        float[] tile = new float[TileLoop.tile(channels)];
        for (int i = 0; i < tile.length; i += channels) {
            System.arraycopy(factors, from, tile, i, channels);
        }
        long floats = (long) pixels * channels;
        long tiles = floats / tile.length;
        FloatWindow window = new FloatWindow(x, 4 * floats);
        for (long i = 0; i < tiles; i++) {
            PixelRows.scale(window, window, 4 * i * tile.length, tile);
        }
        int rest = (int) (floats - tiles * tile.length);
        FloatBuffer last = Addresses.floats(x + 4 * tiles * tile.length, rest);
        for (int i = 0; i < rest; i++) {
            last.put(i, last.get(i) * tile[i]);
        }
    }

    @Override
    public PoolingLoops pooling() {
        return new VectorPoolingLoops();
    }

    @Override
    public int group() {
        return Lanes.COUNT;
    }

    @Override
    public void scaleGroups(long x, long result, int[] channels, float[] factors) {
        long bytes = 4L * channels.length * Lanes.COUNT;
        PixelRows.scaleEach(new FloatWindow(x, bytes), new FloatWindow(result, bytes), channels, factors);
    }

    @Override
    public WinogradLoops winograd() {
        return new VectorWinograd();
    }

    @Override
    public MemoryHash hash() {
        return VectorHash::of;
    }

    @Override
    public void add(long target, long source, long count) {
        VectorLoops.addFloats(target, source, count);
    }
}
