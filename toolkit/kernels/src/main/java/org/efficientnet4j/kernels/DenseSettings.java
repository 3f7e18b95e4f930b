package org.efficientnet4j.kernels;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Activation;

/**
 * Fully connected layer with a bias.
 *
 * @param inFeatures features in
 * @param outFeatures features out
 * @param activation behind the bias
 */
public record DenseSettings(int inFeatures, int outFeatures, Activation activation) {
    /** @throws InvalidInputException for features below 1 */
    public DenseSettings {
        if (inFeatures < 1 || outFeatures < 1) {
            throw new InvalidInputException("A dense layer's features must be at least 1, found " + inFeatures
                    + " features in and " + outFeatures + " out");
        }
    }
}
