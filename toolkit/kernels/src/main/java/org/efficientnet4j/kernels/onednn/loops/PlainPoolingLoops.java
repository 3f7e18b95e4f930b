package org.efficientnet4j.kernels.onednn.loops;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.memory.Addresses;

/** Pooling one number at a time, for the channels from a first one on. */
public final class PlainPoolingLoops implements PoolingLoops {
    private final int firstChannel;

    /** @param firstChannel those before it are left to others */
    public PlainPoolingLoops(int firstChannel) {
        this.firstChannel = firstChannel;
    }

    @Override
    public void forward(PoolingGeometry geometry, long input, long output, int channels, int first, int end) {
        FloatBuffer x = Addresses.floats(input, geometry.inputPixels() * channels);
        FloatBuffer y = Addresses.floats(output, geometry.windows() * channels);
        int[] pixels = new int[geometry.largest()];
        for (int window = first; window < end; window++) {
            int count = geometry.pixels(window, pixels);
            for (int c = firstChannel; c < channels; c++) {
                float value = geometry.maximum()
                        ? x.get(pixels[largest(x, pixels, count, channels, c)] * channels + c)
                        : sum(x, pixels, count, channels, c) * geometry.share(window);
                y.put(window * channels + c, value);
            }
        }
    }

    @Override
    public void backward(PoolingGeometry geometry, long input, long outputGradient, long inputGradient, int channels) {
        FloatBuffer x = Addresses.floats(input, geometry.inputPixels() * channels);
        FloatBuffer dy = Addresses.floats(outputGradient, geometry.windows() * channels);
        FloatBuffer dx = Addresses.floats(inputGradient, geometry.inputPixels() * channels);
        int[] pixels = new int[geometry.largest()];
        for (int window = 0; window < geometry.windows(); window++) {
            int count = geometry.pixels(window, pixels);
            for (int c = firstChannel; c < channels; c++) {
                float given = dy.get(window * channels + c);
                if (geometry.maximum()) {
                    add(dx, pixels[largest(x, pixels, count, channels, c)] * channels + c, given);
                } else {
                    for (int i = 0; i < count; i++) {
                        add(dx, pixels[i] * channels + c, given * geometry.share(window));
                    }
                }
            }
        }
    }

    private static void add(FloatBuffer values, int at, float summand) {
        values.put(at, values.get(at) + summand);
    }

    private static float sum(FloatBuffer x, int[] pixels, int count, int channels, int channel) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += x.get(pixels[i] * channels + channel);
        }
        return sum;
    }

    /** The index of the first pixel with the largest value; NaN counts as larger than any number. */
    private static int largest(FloatBuffer x, int[] pixels, int count, int channels, int channel) {
        int found = 0;
        float largest = x.get(pixels[0] * channels + channel);
        for (int i = 1; i < count; i++) {
            float value = x.get(pixels[i] * channels + channel);
            if (value > largest || (Float.isNaN(value) && !Float.isNaN(largest))) {
                largest = value;
                found = i;
            }
        }
        return found;
    }
}
