package org.efficientnet4j.spec;

/**
 * A stage of mobile inverted bottlenecks: 1x1 expansion, depthwise kernel x kernel, squeeze-excite, 1x1 projection.
 *
 * <p>Source: MobileNetV2 (arXiv 1801.04381) figure 3; squeeze-excite as in MnasNet (arXiv 1807.11626).
 *
 * @param repeats blocks in a row, at least 1
 * @param kernel the depthwise kernel, odd
 * @param stride the first block's stride, 1 or 2
 * @param expandRatio inner width over input channels; 1 leaves the expansion out
 * @param outChannels output channels
 * @param squeezeExciteRatio squeeze-excite width over the block's input channels; 0 for none
 */
public record MBConvStage(
        int repeats, int kernel, int stride, int expandRatio, int outChannels, double squeezeExciteRatio)
        implements StageSpec {
    /** @throws org.efficientnet4j.core.InvalidInputException for a value out of range */
    public MBConvStage {
        StageChecks.check(repeats, kernel, stride, expandRatio, outChannels, squeezeExciteRatio);
    }

    @Override
    public boolean fused() {
        return false;
    }
}
