package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.onednn.loops.PlainPoolingLoops;
import org.efficientnet4j.kernels.onednn.loops.PoolingGeometry;
import org.efficientnet4j.kernels.onednn.loops.PoolingLoops;

/** Pooling by whole vectors of channels; the last channels, fewer than a vector, one number at a time. */
final class VectorPoolingLoops implements PoolingLoops {
    @Override
    public void forward(PoolingGeometry geometry, long input, long output, int channels, int first, int end) {
        int whole = channels / Lanes.COUNT * Lanes.COUNT;
        long pixelBytes = 4L * channels;
        FloatWindow x = new FloatWindow(input, geometry.inputPixels() * pixelBytes);
        FloatWindow y = new FloatWindow(output, geometry.windows() * pixelBytes);
        int[] pixels = new int[geometry.largest()];
        long[] offsets = new long[pixels.length];
        for (int window = first; window < end; window++) {
            int count = offsets(geometry, window, pixels, offsets, pixelBytes);
            if (geometry.maximum()) {
                PoolingRows.maximum(x, offsets, count, y, window * pixelBytes, 4L * whole);
            } else {
                float share = geometry.share(window);
                PoolingRows.mean(x, offsets, count, share, y, window * pixelBytes, 4L * whole);
            }
        }
        if (whole < channels) {
            new PlainPoolingLoops(whole).forward(geometry, input, output, channels, first, end);
        }
    }

    @Override
    public void backward(PoolingGeometry geometry, long input, long outputGradient, long inputGradient, int channels) {
        int whole = channels / Lanes.COUNT * Lanes.COUNT;
        long pixelBytes = 4L * channels;
        FloatWindow x = new FloatWindow(input, geometry.inputPixels() * pixelBytes);
        FloatWindow dy = new FloatWindow(outputGradient, geometry.windows() * pixelBytes);
        FloatWindow dx = new FloatWindow(inputGradient, geometry.inputPixels() * pixelBytes);
        int[] pixels = new int[geometry.largest()];
        long[] offsets = new long[pixels.length];
        for (int window = 0; window < geometry.windows(); window++) {
            int count = offsets(geometry, window, pixels, offsets, pixelBytes);
            if (geometry.maximum()) {
                PoolingRows.throughMaximum(x, offsets, count, dy, window * pixelBytes, dx, 4L * whole);
            } else {
                float share = geometry.share(window);
                PoolingRows.throughMean(offsets, count, share, dy, window * pixelBytes, dx, 4L * whole);
            }
        }
        if (whole < channels) {
            new PlainPoolingLoops(whole).backward(geometry, input, outputGradient, inputGradient, channels);
        }
    }

    private static int offsets(PoolingGeometry geometry, int window, int[] pixels, long[] result, long pixelBytes) {
        int count = geometry.pixels(window, pixels);
        for (int i = 0; i < count; i++) {
            result[i] = pixels[i] * pixelBytes;
        }
        return count;
    }
}
