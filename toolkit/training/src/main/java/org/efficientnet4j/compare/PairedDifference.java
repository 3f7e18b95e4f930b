package org.efficientnet4j.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Mean difference of values that belong together in pairs, such as accuracies of the same seeds, with its interval.
 *
 * @param mean of the differences
 * @param halfWidth half the width of its 95 % interval by Student's t; infinite for one pair
 */
public record PairedDifference(double mean, double halfWidth) {
    private static final double UPPER_QUANTILE = 0.975;

    /**
     * The second values less the first, pair by pair.
     *
     * @throws IllegalArgumentException for none, or more of one than of the other
     */
    public static PairedDifference of(List<Double> first, List<Double> second) {
        int count = first.size();
        if (count == 0 || count != second.size()) {
            throw new IllegalArgumentException(
                    "Pairs must have two values each, found " + count + " and " + second.size());
        }
        double[] differences = IntStream.range(0, count)
                .mapToDouble(i -> second.get(i) - first.get(i))
                .toArray();
        double mean = IntStream.range(0, count).mapToDouble(i -> differences[i]).sum() / count;
        if (count == 1) {
            return new PairedDifference(mean, Double.POSITIVE_INFINITY);
        }
        double squares = IntStream.range(0, count)
                .mapToDouble(i -> (differences[i] - mean) * (differences[i] - mean))
                .sum();
        double quantile = new TDistribution(count - 1.0).inverseCumulativeProbability(UPPER_QUANTILE);
        return new PairedDifference(mean, quantile * Math.sqrt(squares / (count - 1) / count));
    }

    /** True if the interval leaves 0 out. */
    public boolean isSignificant() {
        return Math.abs(mean) > halfWidth;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%+.1f (95 %% interval %+.1f to %+.1f)", mean, mean - halfWidth, mean + halfWidth);
    }
}
