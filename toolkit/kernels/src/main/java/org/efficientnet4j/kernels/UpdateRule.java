package org.efficientnet4j.kernels;

/**
 * How what is subtracted from a parameter, its step, follows from its gradient g, the learning rate being in it already.
 * State comes in the order of the formulas, one vector a name.
 */
public sealed interface UpdateRule {
    /**
     * Gradient descent: {@code step = rate g}.
     *
     * @param rate the learning rate
     */
    record Descent(double rate) implements UpdateRule {}

    /**
     * DL4J's Nesterov momentum: {@code v' = momentum v - rate g; step = momentum v - (1 + momentum) v'}.
     *
     * @param rate the learning rate
     * @param momentum the velocity's decay
     */
    record Nesterov(double rate, double momentum) implements UpdateRule {}

    /**
     * DL4J's Adam: {@code m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; step = rate m / (sqrt(v) + epsilon)}.
     *
     * @param rate the learning rate with the moments' bias corrected
     * @param beta1 the first moment's decay
     * @param beta2 the second moment's decay
     * @param epsilon added to the root
     */
    record Adam(double rate, double beta1, double beta2, double epsilon) implements UpdateRule {}

    /**
     * TensorFlow's RMSProp: {@code s = decay s + (1 - decay) g^2; m = momentum m + rate g / sqrt(s + epsilon); step = m}.
     *
     * @param rate the learning rate
     * @param decay the mean square's decay
     * @param momentum of the steps
     * @param epsilon added to the mean square
     */
    record RmsProp(double rate, double decay, double momentum, double epsilon) implements UpdateRule {}
}
