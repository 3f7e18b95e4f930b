package org.efficientnet4j.kernels.portable;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Swish's derivative, {@code s (1 + z (1 - s))} with {@code s = sigmoid(z)}. ND4J's own operation computes
 * {@code exp(z)^2}, which in float is infinite from z = 45 on and makes the gradient NaN; batch norm's largest output is
 * the square root of the number of pixels it averages over, which is more.
 */
final class SwishSlope {
    private SwishSlope() {}

    /** Overwrites {@code z}, using {@code sigmoid} of the same shape as memory. */
    static INDArray inPlace(INDArray z, INDArray sigmoid) {
        Transforms.sigmoid(sigmoid.assign(z), false);
        z.muli(sigmoid);
        return z.subi(z.mul(sigmoid)).addi(sigmoid);
    }
}
