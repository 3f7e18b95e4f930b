package org.efficientnet4j.kernels.onednn.inference;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/** The mean over pixels: first each part's sums over its rows, then all of them. */
public final class PoolingUnit implements InferenceUnit {
    private final ImageShape input;
    private final int channels;
    private final InferenceLoops loops;
    private final double[][] sums;

    PoolingUnit(ImageShape input, int channels, int parts, InferenceLoops loops) {
        this.input = input;
        this.channels = channels;
        this.loops = loops;
        this.sums = new double[parts][input.images() * channels];
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void run(int round, int part, long from, long to) {
        if (round == 0) {
            sum(part, from);
        } else if (part == 0) {
            write(to);
        }
    }

    private void sum(int part, long from) {
        int firstRow = Band.share(input.height(), part, sums.length);
        int rows = Band.share(input.height(), part + 1, sums.length) - firstRow;
        Arrays.fill(sums[part], 0);
        for (int image = 0; image < input.images() && rows > 0; image++) {
            long row = (long) image * input.height() + firstRow;
            long address = from + 4 * row * input.width() * channels;
            loops.addPixels(address, rows * input.width(), channels, sums[part], image * channels);
        }
    }

    private void write(long to) {
        FloatBuffer result = Addresses.floats(to, input.images() * channels);
        for (int i = 0; i < input.images() * channels; i++) {
            double sum = 0;
            for (double[] part : sums) {
                sum += part[i];
            }
            result.put(i, (float) (sum / (input.height() * input.width())));
        }
    }

    @Override
    public void close() {
        // Holds no native memory.
    }
}
