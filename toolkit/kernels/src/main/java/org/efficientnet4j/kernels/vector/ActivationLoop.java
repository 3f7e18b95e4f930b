package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.plan.Activation;

/**
 * One activation function's loops over tiles, from one byte offset of the windows to another. Each function has loops of
 * its own ({@code ...Rows}), chosen once before the rows are gone through.
 */
interface ActivationLoop {
    /** The loops of a function. */
    static ActivationLoop of(Activation activation) {
        return switch (activation) {
            case NONE -> new IdentityRows();
            case SWISH -> new SwishRows();
            case RELU -> new ReluRows();
            case RELU6 -> new Relu6Rows();
            case HARD_SWISH -> new HardSwishRows();
            case SIGMOID -> new SigmoidRows();
            case HARD_SIGMOID -> new HardSigmoidRows();
        };
    }

    /** {@code result = f(scale y + shift)}, tile by tile of as many floats as {@code scale}. */
    void forward(FloatWindow y, FloatWindow result, long from, long end, float[] scale, float[] shift);

    /** {@code epsilon *= f'(scale y + shift)}, tile by tile. */
    void backward(FloatWindow y, FloatWindow epsilon, long from, long end, float[] scale, float[] shift);

    /** {@code x = f(x)}; whole vectors. */
    void apply(FloatWindow x, long from, long end);

    /** {@code result = epsilon f'(z)}; whole vectors. The result may lie where an operand does. */
    void gradient(FloatWindow z, FloatWindow epsilon, FloatWindow result, long from, long end);
}
