package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a squeeze-excite layer, or the gradients by them.
 *
 * @param reduceWeights {@code [R, C]}
 * @param reduceBias {@code [R]}
 * @param expandWeights {@code [C, R]}
 * @param expandBias {@code [C]}
 */
public record SqueezeExciteParameters(
        INDArray reduceWeights, INDArray reduceBias, INDArray expandWeights, INDArray expandBias) {
    /** The same values in memory of their own. */
    public SqueezeExciteParameters copy() {
        return new SqueezeExciteParameters(
                reduceWeights.dup('c'), reduceBias.dup('c'), expandWeights.dup('c'), expandBias.dup('c'));
    }
}
