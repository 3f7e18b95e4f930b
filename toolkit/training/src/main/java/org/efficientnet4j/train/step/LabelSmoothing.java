package org.efficientnet4j.train.step;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softens labels.
 *
 * <p>Source: arXiv 1512.00567, section 7.
 */
final class LabelSmoothing {
    private LabelSmoothing() {}

    /** {@code (1 - share) * targets + share / classes}, a new array {@code [N, classes]}; the targets stay as they are. */
    static INDArray smooth(INDArray targets, double share) {
        return share == 0 ? targets : targets.mul(1 - share).addi(share / targets.size(1));
    }
}
