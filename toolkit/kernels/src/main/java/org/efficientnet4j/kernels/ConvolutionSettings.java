package org.efficientnet4j.kernels;

import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;

/**
 * Convolution with its batch norm or bias, and the activation behind.
 *
 * @param inChannels channels in
 * @param outChannels channels out
 * @param kernel kernel height and width
 * @param stride both ways
 * @param padding the rule for zeros around the image
 * @param groups 1, or the channels of a depthwise convolution, or another divisor of both channel counts
 * @param activation behind the batch norm or bias
 * @param batchNorm the batch norm; empty for a convolution with a bias
 */
public record ConvolutionSettings(
        int inChannels,
        int outChannels,
        int kernel,
        int stride,
        Padding padding,
        int groups,
        Activation activation,
        Optional<BatchNorm> batchNorm) {
    /** @throws InvalidInputException for a number below 1, groups that don't divide the channels, or more padding than kernel */
    public ConvolutionSettings {
        if (inChannels < 1 || outChannels < 1 || kernel < 1 || stride < 1 || groups < 1) {
            throw new InvalidInputException(
                    "A convolution's channels, kernel, stride and groups must be at least 1, found "
                            + inChannels + " channels in, " + outChannels + " out, kernel " + kernel + ", stride "
                            + stride
                            + " and groups " + groups);
        }
        if (inChannels % groups != 0 || outChannels % groups != 0) {
            throw new InvalidInputException("A convolution's groups must divide its channels, found " + groups
                    + " groups for " + inChannels + " channels in and " + outChannels + " out");
        }
        if (padding.kind() == Padding.Kind.FIXED && padding.pixels() >= kernel) {
            throw new InvalidInputException("A convolution's padding must be smaller than its kernel, found "
                    + padding.pixels() + " pixels of padding and kernel " + kernel);
        }
    }

    /** True for one filter a channel. */
    public boolean depthwise() {
        return groups > 1 && groups == inChannels && groups == outChannels;
    }

    /** True for a matrix product of channels, pixel by pixel. */
    public boolean pointwise() {
        return kernel == 1 && groups == 1;
    }

    /** The channels that each output channel reads. */
    public int filterChannels() {
        return inChannels / groups;
    }

    /** The number of weights. */
    public long weights() {
        return (long) kernel * kernel * outChannels * filterChannels();
    }

    /** The output's height (or width) for the input's; 0 or less where the padded image is smaller than the kernel. */
    public int outputSize(int inputSize) {
        return padding.outputSize(inputSize, kernel, stride);
    }

    /** The zeros before the first row (or column) of an image of a height (or width). */
    public int padBefore(int inputSize) {
        return padding.before(inputSize, kernel, stride);
    }
}
