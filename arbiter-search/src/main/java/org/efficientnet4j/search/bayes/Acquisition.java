package org.efficientnet4j.search.bayes;

import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Expected improvement times the probability that the constraint holds; while no point is known that keeps the
 * constraint, that probability alone.
 *
 * <p>Source: Jones et al. (1998) for the improvement; Gardner et al., Bayesian Optimization with Inequality Constraints
 * (2014), equation 7; Gelbart et al. (arXiv 1403.5607) section 3.2 for the case without a feasible point.
 *
 * @param score the modelled score
 * @param best the best score among points that keep the constraint
 * @param constraint the modelled constraint, where one is measured
 * @param limit its largest admitted value
 * @param noise the standard deviation of a score's measurement, by which the improvement to expect is lowered; 0 for none
 */
record Acquisition(
        FittedProcess score, OptionalDouble best, Optional<FittedProcess> constraint, double limit, double noise) {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    double at(double[] point) {
        double probability = probability(point);
        if (best.isEmpty()) {
            return probability;
        }
        Prediction expected = score.predict(point);
        return probability * improvement(expected, best.getAsDouble()) * informative(expected.deviation());
    }

    /** The share of a measurement that is not noise; 1 without noise. */
    private double informative(double deviation) {
        return noise == 0 ? 1 : 1 - noise / Math.hypot(noise, deviation);
    }

    /** The probability that a point keeps the constraint. */
    double probability(double[] point) {
        return constraint.map(model -> probability(model.predict(point))).orElse(1.0);
    }

    private double probability(Prediction prediction) {
        return prediction.deviation() == 0
                ? (prediction.mean() <= limit ? 1 : 0)
                : NORMAL.cumulativeProbability((limit - prediction.mean()) / prediction.deviation());
    }

    static double improvement(Prediction prediction, double best) {
        double gain = prediction.mean() - best;
        if (prediction.deviation() == 0) {
            return Math.max(0, gain);
        }
        double z = gain / prediction.deviation();
        return gain * NORMAL.cumulativeProbability(z) + prediction.deviation() * NORMAL.density(z);
    }
}
