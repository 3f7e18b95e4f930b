package org.efficientnet4j.notebooks.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Mean difference of values that belong together in pairs, such as accuracies of the same seeds, and how well it is known.
 *
 * @param mean of the differences
 * @param halfWidth half the width of its 95 % interval by Student's t; infinite for one pair
 */
public record Gain(double mean, double halfWidth) {
    private static final double UPPER_QUANTILE = 0.975;

    /**
     * The second values less the first, pair by pair.
     *
     * @throws IllegalArgumentException for none, or more of one than of the other
     */
    public static Gain paired(List<Double> first, List<Double> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(
                    "Pairs must have two values each, found " + first.size() + " and " + second.size());
        }
        Sample differences = Sample.of(IntStream.range(0, first.size())
                .mapToObj(i -> second.get(i) - first.get(i))
                .toList());
        if (first.size() == 1) {
            return new Gain(differences.mean(), Double.POSITIVE_INFINITY);
        }
        double quantile = new TDistribution(first.size() - 1).inverseCumulativeProbability(UPPER_QUANTILE);
        return new Gain(differences.mean(), quantile * differences.standardError());
    }

    /** True if the interval leaves 0 out. */
    public boolean isTold() {
        return Math.abs(mean) > halfWidth;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%+.1f (95 %% interval %+.1f to %+.1f)", mean, mean - halfWidth, mean + halfWidth);
    }
}
