package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;

/**
 * A value for each tap and channel of a depthwise convolution: {@code values[tap * stride + channel]}, channels filled up
 * with zeros to whole vectors.
 */
final class DepthwiseTaps {
    final float[] values;
    /** From one tap to the next. */
    final int stride;

    private final int channels;
    private final int taps;

    /** All zero. */
    DepthwiseTaps(ConvolutionSettings settings) {
        channels = settings.outChannels();
        taps = settings.kernel() * settings.kernel();
        stride = (channels + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
        values = new float[taps * stride];
    }

    /** From DL4J's layout {@code [channel, 1, height, width]}. */
    static DepthwiseTaps read(ConvolutionSettings settings, long address) {
        DepthwiseTaps result = new DepthwiseTaps(settings);
        float[] stored = new float[result.channels * result.taps];
        Addresses.floats(address, stored.length).get(stored);
        for (int channel = 0; channel < result.channels; channel++) {
            for (int tap = 0; tap < result.taps; tap++) {
                result.values[tap * result.stride + channel] = stored[channel * result.taps + tap];
            }
        }
        return result;
    }

    /** Adds the other's values. */
    void add(DepthwiseTaps other) {
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
    }

    /** To DL4J's layout. */
    void write(long address) {
        float[] stored = new float[channels * taps];
        for (int channel = 0; channel < channels; channel++) {
            for (int tap = 0; tap < taps; tap++) {
                stored[channel * taps + tap] = values[tap * stride + channel];
            }
        }
        Addresses.floats(address, stored.length).put(stored);
    }
}
