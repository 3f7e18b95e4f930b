package org.efficientnet4j.train;

import org.efficientnet4j.data.InvalidInputException;

/**
 * What keeps a network from learning its training images by heart; {@code regularization} in config.yaml.
 *
 * @param labelSmoothing share s of the target spread over all classes: {@code (1 - s) * oneHot + s / classes}, in [0, 1)
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param dropConnectRate stochastic depth's drop rate of the last block, in [0, 1)
 */
public record RegularizationOptions(double labelSmoothing, double dropout, double dropConnectRate) {
    /** @throws InvalidInputException for a rate outside [0, 1), named by its key */
    public RegularizationOptions {
        Checks.rate("regularization.labelSmoothing", labelSmoothing);
        Checks.rate("regularization.dropout", dropout);
        Checks.rate("regularization.dropConnectRate", dropConnectRate);
    }
}
