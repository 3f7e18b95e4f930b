package org.efficientnet4j.notebooks.lab;

import java.util.List;

/**
 * Mean and standard deviation of a few repetitions.
 *
 * @param mean of the values
 * @param deviation the sample's, with one less than the values in the denominator; 0 for one value
 * @param count how many values
 */
public record Sample(double mean, double deviation, int count) {
    /**
     * Summarises values.
     *
     * @param values at least one
     */
    public static Sample of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A sample must have at least 1 value, found none");
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double deviation = values.size() == 1 ? 0 : Math.sqrt(squares / (values.size() - 1));
        return new Sample(mean, deviation, values.size());
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.1f ± %.1f", mean, deviation);
    }
}
