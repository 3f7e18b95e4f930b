package org.efficientnet4j.kernels;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Activation;

/**
 * Squeeze-excite: means over pixels, a dense layer to fewer channels with an activation, a dense layer back with the
 * gate's activation, the product with each channel.
 *
 * <p>Source: Squeeze-and-Excitation Networks (arXiv 1709.01507).
 *
 * @param channels channels in and out
 * @param reducedChannels the squeezed width
 * @param activation behind the first dense layer
 * @param gate behind the second
 */
public record SqueezeExciteSettings(int channels, int reducedChannels, Activation activation, Activation gate) {
    /** @throws InvalidInputException for channels below 1 */
    public SqueezeExciteSettings {
        if (channels < 1 || reducedChannels < 1) {
            throw new InvalidInputException("A squeeze-excite's channels must be at least 1, found " + channels
                    + " and " + reducedChannels + " reduced");
        }
    }

    /** EfficientNet's: swish inside, a sigmoid as gate. */
    public static SqueezeExciteSettings swish(int channels, int reducedChannels) {
        return new SqueezeExciteSettings(channels, reducedChannels, Activation.SWISH, Activation.SIGMOID);
    }
}
