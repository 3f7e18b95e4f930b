package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Piecewise linear activation functions by vectors, and gradients through them. Comparisons and blends, since the Vector
 * API's float minimum and maximum are slow; not-a-number stays what it is.
 */
final class ActivationLanes {
    private static final float SIX = 6;
    private static final float HALF = 3;
    private static final float SIXTH = 1f / 6;

    private ActivationLanes() {}

    static FloatVector relu(FloatVector z) {
        return z.blend(0f, z.compare(VectorOperators.LT, 0f));
    }

    static FloatVector relu6(FloatVector z) {
        return relu(z).blend(SIX, z.compare(VectorOperators.GT, SIX));
    }

    static FloatVector hardSigmoid(FloatVector z) {
        return relu6(z.add(HALF)).mul(SIXTH);
    }

    static FloatVector hardSwish(FloatVector z) {
        return z.mul(hardSigmoid(z));
    }

    static FloatVector throughRelu(FloatVector z, FloatVector gradient) {
        return gradient.blend(0f, z.compare(VectorOperators.LE, 0f));
    }

    static FloatVector throughRelu6(FloatVector z, FloatVector gradient) {
        return throughRelu(z, gradient).blend(0f, z.compare(VectorOperators.GE, SIX));
    }

    static FloatVector throughHardSigmoid(FloatVector z, FloatVector gradient) {
        return throughRelu6(z.add(HALF), gradient.mul(SIXTH));
    }

    static FloatVector throughHardSwish(FloatVector z, FloatVector gradient) {
        FloatVector inner = gradient.mul(z.mul(2 * SIXTH).add(HALF * SIXTH));
        return inner.blend(0f, z.compare(VectorOperators.LE, -HALF))
                .blend(gradient, z.compare(VectorOperators.GE, HALF));
    }

    static FloatVector throughSigmoid(FloatVector z, FloatVector gradient) {
        FloatVector value = SwishLanes.sigmoid(z);
        return gradient.mul(value.sub(value.mul(value)));
    }

    static FloatVector throughSwish(FloatVector z, FloatVector gradient) {
        return SwishLanes.slope(z).mul(gradient);
    }
}
