package org.efficientnet4j.kernels;

/**
 * Kernels for the last three layers of a block in training: depthwise convolution, squeeze-excite and projection. They
 * work together, so that the activations between the convolutions are never written: the depthwise convolution's output is
 * kept as it is, and batch norm, activation and gate are computed wherever a few rows are needed. Each of the three is
 * called forward in turn, and backward in turn from the last. The array that one returns for the next has the right shape
 * but, unless the outputs are to be shown, a content of its own: the next kernel takes that very array alone and throws
 * {@link IllegalStateException} for any other. The gradient that the projection returns must outlive the depthwise
 * convolution's backward pass.
 *
 * @param depthwise of {@code [N, H, W, C]}, with swish
 * @param squeezeExcite of its channels
 * @param projection pointwise, of its channels to the block's
 */
public record BlockTail(
        ConvolutionTraining depthwise, SqueezeExciteKernel squeezeExcite, ConvolutionTraining projection) {}
