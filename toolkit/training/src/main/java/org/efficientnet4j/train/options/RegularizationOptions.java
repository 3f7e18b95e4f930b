package org.efficientnet4j.train.options;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * What keeps a network from learning its training images by heart; {@code regularization} in config.yaml. In a progressive
 * run these are the last stage's strengths.
 *
 * @param labelSmoothing share s of the target spread over all classes: {@code (1 - s) * oneHot + s / classes}, in [0, 1)
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param dropConnectRate stochastic depth's drop rate of the last block, in [0, 1)
 * @param randAugment RandAugment's magnitude, in [0, 30]; 0 for none
 * @param mixup alpha of mixup's Beta distribution, at least 0; 0 for none
 * @param cutmix alpha of cutmix' Beta distribution, at least 0; 0 for none
 */
public record RegularizationOptions(
        double labelSmoothing,
        double dropout,
        double dropConnectRate,
        double randAugment,
        double mixup,
        double cutmix) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public RegularizationOptions {
        Checks.rate("regularization.labelSmoothing", labelSmoothing);
        Checks.rate("regularization.dropout", dropout);
        Checks.rate("regularization.dropConnectRate", dropConnectRate);
        Checks.magnitude("regularization.randAugment", randAugment);
        Checks.notNegative("regularization.mixup", mixup);
        Checks.notNegative("regularization.cutmix", cutmix);
    }

    /** All but the label smoothing, which does not change from stage to stage. */
    public Strengths strengths() {
        return new Strengths(dropout, dropConnectRate, randAugment, mixup, cutmix);
    }
}
