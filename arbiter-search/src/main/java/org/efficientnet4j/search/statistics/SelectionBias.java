package org.efficientnet4j.search.statistics;

import org.efficientnet4j.core.InvalidInputException;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** How far the best of many lies above its true value for no reason but its choice. */
public final class SelectionBias {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);
    private static final int STEPS = 4000;
    private static final double FAR = 10;

    private SelectionBias() {}

    /**
     * The expected largest of so many independent standard normal numbers, the integral of x d(Phi(x)^count): the bias in
     * standard errors of the best of so many equal networks.
     *
     * @throws InvalidInputException for a count below 1
     */
    public static double expectedMaximum(int count) {
        if (count < 1) {
            throw new InvalidInputException("A largest number must be one of at least 1, found " + count);
        }
        // Simpson's rule over (-10, 10), beyond which the density is below 1e-22.
        double sum = 0;
        double width = 2 * FAR / STEPS;
        for (int i = 0; i <= STEPS; i++) {
            double x = -FAR + i * width;
            double density = count * Math.pow(NORMAL.cumulativeProbability(x), count - 1.0) * NORMAL.density(x);
            int weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * x * density;
        }
        return sum * width / 3;
    }
}
