package org.efficientnet4j.scaling;

/**
 * Squeeze-excite: global average, 1x1 to {@code reducedChannels} with swish, 1x1 back with sigmoid, channelwise gate.
 * Both convolutions have a bias.
 *
 * <p>Source: Squeeze-and-Excitation Networks (arXiv 1709.01507), with swish as EfficientNet has it.
 *
 * @param name unique in the network
 * @param channels channels in and out
 * @param reducedChannels the squeezed width
 */
public record SqueezeExcitePlan(String name, int channels, int reducedChannels) implements LayerPlan {
    @Override
    public int inChannels() {
        return channels;
    }

    @Override
    public int outChannels() {
        return channels;
    }

    /** Weights and biases of both convolutions. */
    public long parameters() {
        return 2L * channels * reducedChannels + reducedChannels + channels;
    }
}
