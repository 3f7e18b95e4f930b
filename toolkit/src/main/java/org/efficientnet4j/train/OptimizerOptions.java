package org.efficientnet4j.train;

import java.util.Objects;
import org.efficientnet4j.data.InvalidInputException;

/**
 * How weights are changed; {@code optimizer} in config.yaml. The learning rate rises linearly from step to step during
 * warm-up and then falls along half a cosine to 0.
 *
 * @param name the algorithm
 * @param learningRate the peak, above 0
 * @param momentum for {@link Optimizer#SGD}, in [0, 1)
 * @param weightDecay on convolution and dense kernels only, at least 0
 * @param warmupEpochs length of the rise in epochs, may be fractional
 */
public record OptimizerOptions(
        Optimizer name, double learningRate, double momentum, double weightDecay, double warmupEpochs) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public OptimizerOptions {
        Objects.requireNonNull(name, "name");
        Checks.positive("optimizer.learningRate", learningRate);
        Checks.rate("optimizer.momentum", momentum);
        Checks.notNegative("optimizer.weightDecay", weightDecay);
        Checks.notNegative("optimizer.warmupEpochs", warmupEpochs);
    }
}
