package org.efficientnet4j.models;

import org.efficientnet4j.core.InvalidInputException;

/**
 * Numbers of a network's batch norms.
 *
 * @param epsilon added to variances
 * @param decay weight of the old running statistic, in [0, 1)
 */
public record BatchNormSettings(double epsilon, double decay) {
    /** TensorFlow's EfficientNets. */
    public static final BatchNormSettings TENSORFLOW = new BatchNormSettings(1e-3, 0.99);

    /** PyTorch's defaults, whose momentum of 0.1 is the new statistic's weight. */
    public static final BatchNormSettings TORCH = new BatchNormSettings(1e-5, 0.9);

    /** @throws InvalidInputException for an epsilon of 0 or less, or a decay outside [0, 1) */
    public BatchNormSettings {
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new InvalidInputException("Batch norm's epsilon must lie in (0, 1), found " + epsilon);
        }
        if (!(decay >= 0 && decay < 1)) {
            throw new InvalidInputException("Batch norm's decay must lie in [0, 1), found " + decay);
        }
    }
}
