package org.efficientnet4j.train.options;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;

/**
 * How weights are changed; {@code optimizer} in config.yaml.
 *
 * @param name the algorithm
 * @param learningRate the peak, above 0
 * @param momentum for {@link Optimizer#SGD} and {@link Optimizer#RMSPROP}, in [0, 1)
 * @param weightDecay on convolution and dense kernels only, at least 0
 * @param clipNorm the gradient's largest Euclidean norm over all weights; a longer one is shortened to it; 0 for none
 * @param accumulate batches whose mean gradient makes one step, at least 1
 */
public record OptimizerOptions(
        Optimizer name, double learningRate, double momentum, double weightDecay, double clipNorm, int accumulate) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public OptimizerOptions {
        Objects.requireNonNull(name, "name");
        Checks.positive("optimizer.learningRate", learningRate);
        Checks.rate("optimizer.momentum", momentum);
        Checks.notNegative("optimizer.weightDecay", weightDecay);
        Checks.notNegative("optimizer.clipNorm", clipNorm);
        Checks.atLeast("optimizer.accumulate", accumulate, 1);
    }
}
