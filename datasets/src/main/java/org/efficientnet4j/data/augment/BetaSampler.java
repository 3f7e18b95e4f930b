package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;

/** Draws from Beta(alpha, alpha), as the share of two Gamma(alpha) variables. */
final class BetaSampler {
    private BetaSampler() {}

    static double sample(double alpha, RandomGenerator random) {
        double first = logGamma(alpha, random);
        double second = logGamma(alpha, random);
        return 1 / (1 + Math.exp(second - first));
    }

    /**
     * The logarithm of a Gamma(shape, 1) variable: small shapes underflow otherwise.
     *
     * <p>Source: Marsaglia and Tsang, A Simple Method for Generating Gamma Variables (2000); their note for shapes below 1.
     */
    private static double logGamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double v = Math.pow(1 + c * normal, 3);
            double uniform = 1 - random.nextDouble();
            if (v > 0 && Math.log(uniform) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }
}
