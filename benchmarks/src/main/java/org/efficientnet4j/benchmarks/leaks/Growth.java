package org.efficientnet4j.benchmarks.leaks;

import java.util.List;

/**
 * How resident memory went on.
 *
 * @param before the median of the second quarter of the samples, in 2^20 bytes; the first quarter is warm-up
 * @param after the median of the last quarter
 */
record Growth(double before, double after) {
    /** Noise of the allocator and the JVM; a leak of one activation a step is many times this after thousands of steps. */
    static final double TOLERATED_PERCENT = 3;

    static final int LEAST_SAMPLES = 8;

    /** @throws IllegalArgumentException for fewer than eight samples */
    static Growth of(List<Long> samples) {
        if (samples.size() < LEAST_SAMPLES) {
            throw new IllegalArgumentException(
                    "Expected at least " + LEAST_SAMPLES + " samples, found " + samples.size());
        }
        int quarter = samples.size() / 4;
        return new Growth(
                median(samples.subList(quarter, 2 * quarter)),
                median(samples.subList(samples.size() - quarter, samples.size())));
    }

    double percent() {
        return 100 * (after / before - 1);
    }

    boolean flat() {
        return percent() <= TOLERATED_PERCENT;
    }

    private static double median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }
}
