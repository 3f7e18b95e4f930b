package org.efficientnet4j.scaling;

/**
 * A convolution without bias, its batch norm and, where {@code swish}, its activation.
 *
 * @param name unique in the network
 * @param role what it is in its block
 * @param inChannels channels in
 * @param outChannels channels out; equal to {@code inChannels} when depthwise
 * @param kernel kernel height and width, odd
 * @param stride 1 or 2
 * @param swish whether swish follows the batch norm
 */
public record ConvolutionPlan(
        String name, Role role, int inChannels, int outChannels, int kernel, int stride, boolean swish)
        implements LayerPlan {
    /** The part a convolution plays. */
    public enum Role {
        /** The network's first convolution. */
        STEM,
        /** MBConv's 1x1 widening. */
        EXPAND,
        /** MBConv's per-channel spatial convolution. */
        DEPTHWISE,
        /** Fused-MBConv's full spatial convolution. */
        FUSED,
        /** The 1x1 narrowing that ends a block. */
        PROJECT,
        /** The 1x1 convolution before pooling. */
        HEAD
    }

    /** Whether every channel has its own filter. */
    public boolean depthwise() {
        return role == Role.DEPTHWISE;
    }

    /** Weights of the convolution alone. */
    public long weights() {
        return (long) kernel * kernel * outChannels * (depthwise() ? 1 : inChannels);
    }

    /** The output's height (or width) for the input's; the same under SAME and symmetric padding, kernels being odd. */
    public int outputSize(int inputSize) {
        return (inputSize + stride - 1) / stride;
    }
}
