package org.efficientnet4j.train.options;

import org.efficientnet4j.core.InvalidInputException;

/**
 * The moving average of weights and batch-norm statistics that is validated and saved in place of the latest weights;
 * {@code averaging} in config.yaml.
 *
 * @param decay weight of the old average in [0, 1), as published .9999; 0 for no average. The first steps use less:
 *     {@code min(decay, (1 + step) / (10 + step))}, so that a short run's average does not remember its random start
 */
public record AveragingOptions(double decay) {
    /** @throws InvalidInputException for a decay outside [0, 1) */
    public AveragingOptions {
        Checks.rate("averaging.decay", decay);
    }
}
