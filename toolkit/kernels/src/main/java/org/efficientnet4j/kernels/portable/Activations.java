package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Activation functions and their derivatives by ND4J's operations, in place. */
final class Activations {
    private static final double SIX = 6;
    private static final double HALF = 3;

    private Activations() {}

    /** Overwrites x with the function's values, and returns it. */
    static INDArray apply(Activation activation, INDArray x) {
        return switch (activation) {
            case NONE -> x;
            case SWISH -> Nd4j.exec(new Swish(x, x));
            case RELU -> Nd4j.exec(new RectifiedLinear(x, x, 0));
            case RELU6 -> clip(x, SIX);
            case HARD_SWISH -> x.muli(apply(Activation.HARD_SIGMOID, x.dup()));
            case SIGMOID -> Transforms.sigmoid(x, false);
            case HARD_SIGMOID -> clip(x.addi(HALF), SIX).divi(SIX);
        };
    }

    /** Overwrites x with the function's derivatives there, and returns it. */
    static INDArray slope(Activation activation, INDArray x) {
        return switch (activation) {
            case NONE -> x.assign(1);
            case SWISH -> swishSlope(x);
            case RELU -> x.assign(x.gt(0).castTo(x.dataType()));
            case RELU6 -> inside(x, 0, SIX);
            case HARD_SWISH -> hardSwishSlope(x);
            case SIGMOID -> {
                Transforms.sigmoid(x, false);
                yield x.muli(x.rsub(1));
            }
            case HARD_SIGMOID -> inside(x, -HALF, HALF).divi(SIX);
        };
    }

    private static INDArray clip(INDArray x, double largest) {
        Nd4j.exec(new ScalarMax(x, null, x, 0));
        return Nd4j.exec(new ScalarMin(x, null, x, largest));
    }

    /**
     * {@code s (1 + x (1 - s))} with {@code s = sigmoid(x)}. ND4J's own operation computes {@code exp(x)^2}, which in float
     * is infinite from x = 45 on and makes the gradient NaN; batch norm's largest output is the square root of the number of
     * pixels it averages over, which is more.
     */
    private static INDArray swishSlope(INDArray x) {
        INDArray sigmoid = Transforms.sigmoid(x, true);
        x.muli(sigmoid);
        return x.subi(x.mul(sigmoid)).addi(sigmoid);
    }

    /** 1 between two limits, else 0. */
    private static INDArray inside(INDArray x, double lower, double upper) {
        INDArray above = x.gt(lower).castTo(x.dataType());
        return x.assign(x.lt(upper).castTo(x.dataType())).muli(above);
    }

    /** {@code (2 x + 3) / 6} between -3 and 3, 0 below and 1 above. */
    private static INDArray hardSwishSlope(INDArray x) {
        INDArray above = x.gte(HALF).castTo(x.dataType());
        INDArray between = inside(x.dup(), -HALF, HALF);
        return x.muli(2 / SIX).addi(HALF / SIX).muli(between).addi(above);
    }
}
