package org.efficientnet4j.examples.support;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The mean difference of paired values and how well it is known.
 *
 * @param mean of the differences
 * @param halfWidth half the width of the 95 % interval by Student's t; infinite for one pair
 */
public record Difference(double mean, double halfWidth) {
    private static final double UPPER_QUANTILE = 0.975;

    /** The differences of the second values from the first, pair by pair. */
    public static Difference paired(List<Double> first, List<Double> second) {
        int count = first.size();
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += (second.get(i) - first.get(i)) / count;
        }
        if (count == 1) {
            return new Difference(mean, Double.POSITIVE_INFINITY);
        }
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double deviation = second.get(i) - first.get(i) - mean;
            squares += deviation * deviation;
        }
        double standardError = Math.sqrt(squares / (count - 1) / count);
        return new Difference(
                mean, new TDistribution(count - 1).inverseCumulativeProbability(UPPER_QUANTILE) * standardError);
    }

    /** True if the interval leaves 0 out. */
    public boolean isTold() {
        return Math.abs(mean) > halfWidth;
    }

    /** Shares as percentages in a line, their mean in front. */
    public static String percents(List<Double> shares) {
        double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return String.format(Locale.ROOT, "mean %.1f %%  (", 100 * mean)
                + shares.stream()
                        .map(share -> String.format(Locale.ROOT, "%.1f", 100 * share))
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
