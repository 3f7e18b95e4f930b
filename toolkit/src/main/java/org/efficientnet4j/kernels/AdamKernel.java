package org.efficientnet4j.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam's step in one pass over flat vectors of equal length. */
public interface AdamKernel {
    /**
     * Moves the moments and turns the gradient into what is to be subtracted from the parameters, in place:
     * {@code g = factor gradient + l2 parameter; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
     * gradient = rate m / (sqrt(v) + epsilon) + decay parameter}.
     *
     * @param runs where which decay holds; together they cover the vectors
     */
    void step(
            Settings settings,
            INDArray parameters,
            INDArray gradient,
            INDArray firstMoment,
            INDArray secondMoment,
            List<Run> runs);

    /**
     * One step's numbers.
     *
     * @param factor of the gradient, e.g. one over the number of examples it was summed over
     * @param rate the learning rate with the moments' bias corrected
     * @param beta1 the first moment's decay
     * @param beta2 the second moment's decay
     * @param epsilon added to the root
     */
    record Settings(double factor, double rate, double beta1, double beta2, double epsilon) {}

    /**
     * Parameters in a row with one decay.
     *
     * @param first the first one's index
     * @param length how many
     * @param l2 of a parameter, added to its gradient
     * @param decay of a parameter, added to its step
     */
    record Run(long first, long length, double l2, double decay) {}
}
