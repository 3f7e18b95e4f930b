package org.efficientnet4j.kernels;

import org.efficientnet4j.core.InvalidInputException;

/**
 * Batch norm behind a convolution.
 *
 * @param epsilon added to the variance
 * @param decay the weight of the OLD running statistic at each training step (TensorFlow's meaning)
 */
public record BatchNorm(double epsilon, double decay) {
    /** @throws InvalidInputException for an epsilon that is not above 0 or a decay outside [0, 1] */
    public BatchNorm {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("A batch norm's epsilon must be above 0, found " + epsilon);
        }
        if (!(decay >= 0 && decay <= 1)) {
            throw new InvalidInputException("A batch norm's decay must lie in [0, 1], found " + decay);
        }
    }
}
