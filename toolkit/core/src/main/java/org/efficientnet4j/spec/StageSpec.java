package org.efficientnet4j.spec;

/**
 * One row of a paper's architecture table: a block kind repeated; only the first repeat has the stride and changes the
 * channels. Input channels are not stored, they are the previous stage's output.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) table 1; EfficientNetV2 (arXiv 2104.00298) table 4.
 */
public sealed interface StageSpec permits MBConvStage, FusedMBConvStage {
    /** How often the block stands in a row, before depth scaling. */
    int repeats();

    /** The spatial convolution's kernel, odd. */
    int kernel();

    /** The first block's stride, 1 or 2. */
    int stride();

    /** The inner width as a multiple of the block's input channels. */
    int expandRatio();

    /** The stage's output channels, before width scaling. */
    int outChannels();

    /** The squeeze-excite width as a share of the block's INPUT channels; 0 for no squeeze-excite. */
    double squeezeExciteRatio();

    /** True for Fused-MBConv blocks, false for MBConv blocks. */
    boolean fused();
}
