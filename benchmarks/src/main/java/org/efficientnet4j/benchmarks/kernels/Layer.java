package org.efficientnet4j.benchmarks.kernels;

import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;

/** Convolution layers of EfficientNet-B0 at 224 pixels, each with its batch norm. */
public enum Layer {
    /** 1x1, 24 to 144 channels, swish, at 56 x 56. */
    EXPAND_24_TO_144(24, 144, 1, false, true, 56),
    /** 1x1, 112 to 672 channels, swish, at 14 x 14. */
    EXPAND_112_TO_672(112, 672, 1, false, true, 14),
    /** 1x1, 240 to 40 channels, no swish, at 28 x 28. */
    PROJECT_240_TO_40(240, 40, 1, false, false, 28),
    /** 3x3 depthwise, 144 channels, swish, at 56 x 56. */
    DEPTHWISE_3X3_144(144, 144, 3, true, true, 56),
    /** 5x5 depthwise, 240 channels, swish, at 28 x 28. */
    DEPTHWISE_5X5_240(240, 240, 5, true, true, 28),
    /** 1x1 depthwise, which is next to nothing: batch norm and swish of 144 channels at 56 x 56. In no network. */
    NORM_SWISH_144(144, 144, 1, true, true, 56);

    private static final double EPSILON = 1e-3;
    private static final double DECAY = 0.99;

    private final int size;
    private final ConvolutionSettings settings;

    Layer(int inChannels, int outChannels, int kernel, boolean depthwise, boolean swish, int size) {
        this.size = size;
        this.settings = new ConvolutionSettings(
                inChannels,
                outChannels,
                kernel,
                1,
                Padding.SAME,
                depthwise ? inChannels : 1,
                swish ? Activation.SWISH : Activation.NONE,
                Optional.of(new BatchNorm(EPSILON, DECAY)));
    }

    int size() {
        return size;
    }

    ConvolutionSettings settings() {
        return settings;
    }
}
