package org.efficientnet4j.kernels.onednn.inference;

import java.util.Arrays;
import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPrimitives;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;

/**
 * A projection's weights times one factor for each input channel, instead of the pixels it reads times them. Works in any
 * layout of oneDNN's in which neighbours share an input channel: which is found out by sending the channels' numbers
 * through the same reorder. One thread's.
 */
public final class InputScaledWeights implements AutoCloseable {
    private final int[] channels;
    private final InferenceLoops loops;
    private final NativeMemory result;

    private InputScaledWeights(int[] channels, long bytes, InferenceLoops loops) {
        this.channels = channels;
        this.loops = loops;
        this.result = new NativeMemory(bytes);
    }

    /** For the weights of a convolution's band; empty where their layout does not allow it. */
    static Optional<InputScaledWeights> of(RowConvolution convolution, Band band, InferenceLoops loops) {
        try (Layout layout = convolution.weightLayout(band).copy()) {
            long bytes = layout.bytes();
            float[] numbers = channelNumbers(convolution.settings(), layout);
            int group = loops.group();
            if (numbers.length % group != 0) {
                return Optional.empty();
            }
            int[] channels = new int[numbers.length / group];
            for (int i = 0; i < numbers.length; i++) {
                channels[i / group] = Math.max(channels[i / group], (int) numbers[i]);
            }
            for (int i = 0; i < numbers.length; i++) {
                // Padding holds zeros, whose factor does not matter.
                if (numbers[i] != channels[i / group] && numbers[i] != 0) {
                    return Optional.empty();
                }
            }
            Arrays.setAll(channels, i -> Math.max(channels[i] - 1, 0));
            return Optional.of(new InputScaledWeights(channels, bytes, loops));
        }
    }

    /** For each weight in the layout its input channel plus one, or 0 where there is padding. */
    private static float[] channelNumbers(ConvolutionSettings settings, Layout layout) {
        int in = settings.inChannels();
        float[] stored = new float[settings.outChannels() * in];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = i % in + 1;
        }
        float[] arranged = new float[Math.toIntExact(layout.bytes() / 4)];
        try (NativeMemory from = new NativeMemory(4L * stored.length);
                NativeMemory to = new NativeMemory(layout.bytes());
                Layout plain = ConvolutionPrimitives.storedWeights(settings);
                Primitive reorder = Primitives.reorder(plain, layout)) {
            Addresses.floats(from.address(), stored.length).put(stored);
            reorder.execute(from.address(), to.address());
            Addresses.floats(to.address(), arranged.length).get(arranged);
        }
        return arranged;
    }

    /** The address of the weights times the factors, good until the next call. */
    long scaled(long weights, float[] factors) {
        loops.scaleGroups(weights, result.address(), channels, factors);
        return result.address();
    }

    @Override
    public void close() {
        result.close();
    }
}
