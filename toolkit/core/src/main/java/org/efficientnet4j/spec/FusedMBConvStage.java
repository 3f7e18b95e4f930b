package org.efficientnet4j.spec;

import org.efficientnet4j.core.InvalidInputException;

/**
 * A stage of fused bottlenecks: one full kernel x kernel convolution takes the place of expansion and depthwise; a 1x1
 * projection follows unless {@code expandRatio} is 1.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) figure 2.
 *
 * @param repeats blocks in a row, at least 1
 * @param kernel the convolution's kernel, odd
 * @param stride the first block's stride, 1 or 2
 * @param expandRatio inner width over input channels; 1 makes the block a single convolution
 * @param outChannels output channels
 * @param squeezeExciteRatio squeeze-excite width over the block's input channels; 0 for none, as published
 */
public record FusedMBConvStage(
        int repeats, int kernel, int stride, int expandRatio, int outChannels, double squeezeExciteRatio)
        implements StageSpec {
    /** @throws InvalidInputException for a value out of range, or squeeze-excite without an expansion to gate */
    public FusedMBConvStage {
        StageChecks.check(repeats, kernel, stride, expandRatio, outChannels, squeezeExciteRatio);
        if (expandRatio == 1 && squeezeExciteRatio > 0) {
            throw new InvalidInputException("A Fused-MBConv stage with expand ratio 1 is a single convolution and takes"
                    + " no squeeze-excite, found ratio " + squeezeExciteRatio + ": drop it or raise the expand ratio");
        }
    }

    @Override
    public boolean fused() {
        return true;
    }
}
