package org.efficientnet4j.train.progressive;

import org.efficientnet4j.core.InvalidInputException;

/**
 * How strongly training is regularised at one moment.
 *
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param dropConnectRate stochastic depth's drop rate of the last block, in [0, 1)
 * @param randAugment magnitude in [0, 30]; 0 for none
 * @param mixup alpha of the mixing share's Beta distribution, at least 0; 0 for none
 * @param cutmix alpha of the pasted share's Beta distribution, at least 0; 0 for none
 */
public record Strengths(double dropout, double dropConnectRate, double randAugment, double mixup, double cutmix) {
    /** RandAugment's largest magnitude; the papers use up to 25. */
    public static final double MOST_MAGNITUDE = 30;

    /** @throws InvalidInputException for a value outside its range */
    public Strengths {
        rate("dropout", dropout);
        rate("dropConnectRate", dropConnectRate);
        within("randAugment", randAugment, MOST_MAGNITUDE);
        within("mixup", mixup, Double.MAX_VALUE);
        within("cutmix", cutmix, Double.MAX_VALUE);
    }

    /** The strengths a share of the way from these (0) to others (1). */
    public Strengths towards(Strengths end, double share) {
        return new Strengths(
                between(dropout, end.dropout, share),
                between(dropConnectRate, end.dropConnectRate, share),
                between(randAugment, end.randAugment, share),
                between(mixup, end.mixup, share),
                between(cutmix, end.cutmix, share));
    }

    /** The weaker of these and others, one by one. */
    public Strengths atMost(Strengths others) {
        return new Strengths(
                Math.min(dropout, others.dropout),
                Math.min(dropConnectRate, others.dropConnectRate),
                Math.min(randAugment, others.randAugment),
                Math.min(mixup, others.mixup),
                Math.min(cutmix, others.cutmix));
    }

    /** The same with another dropout. */
    public Strengths withDropout(double other) {
        return new Strengths(other, dropConnectRate, randAugment, mixup, cutmix);
    }

    // Ten decimals, so that a third of the way prints as a number and not as the noise of binary fractions.
    private static double between(double start, double end, double share) {
        return Math.round((start + (end - start) * share) * 1e10) / 1e10;
    }

    private static void rate(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new InvalidInputException(name + " must lie in [0, 1), found " + value);
        }
    }

    private static void within(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new InvalidInputException(
                    name + " must be at least 0" + (most < 100 ? " and at most " + most : "") + ", found " + value);
        }
    }
}
