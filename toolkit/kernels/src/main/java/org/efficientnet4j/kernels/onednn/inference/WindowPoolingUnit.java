package org.efficientnet4j.kernels.onednn.inference;

import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.onednn.loops.PoolingGeometry;
import org.efficientnet4j.kernels.onednn.loops.PoolingLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/** Pooling over windows: each part writes some rows of them, of all images. */
public final class WindowPoolingUnit implements InferenceUnit {
    private final PoolingGeometry geometry;
    private final PoolingLoops loops;
    private final int images;
    private final int channels;
    private final int parts;

    WindowPoolingUnit(PoolingSettings settings, ImageShape input, int channels, int parts, PoolingLoops loops) {
        this.geometry = new PoolingGeometry(settings, input.height(), input.width());
        this.loops = loops;
        this.images = input.images();
        this.channels = channels;
        this.parts = parts;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void run(int round, int part, long input, long output) {
        int first = Band.share(geometry.outputHeight(), part, parts) * geometry.outputWidth();
        int end = Band.share(geometry.outputHeight(), part + 1, parts) * geometry.outputWidth();
        for (int image = 0; image < images && first < end; image++) {
            loops.forward(
                    geometry,
                    input + 4L * image * geometry.inputPixels() * channels,
                    output + 4L * image * geometry.windows() * channels,
                    channels,
                    first,
                    end);
        }
    }

    @Override
    public void close() {
        // Holds no native memory.
    }
}
