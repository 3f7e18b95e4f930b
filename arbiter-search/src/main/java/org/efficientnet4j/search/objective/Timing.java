package org.efficientnet4j.search.objective;

import java.util.Arrays;

/**
 * The time of something done over and over.
 *
 * @param millis the median
 * @param spread from the first to the third quartile, in milliseconds
 */
public record Timing(double millis, double spread) {
    private static final double LOUD = 0.2;

    /**
     * Runs something, the first times without a look at the clock.
     *
     * @param warmUps runs that are not timed
     * @param runs timed runs, at least 1
     */
    static Timing of(int warmUps, int runs, Runnable run) {
        double[] times = new double[runs];
        for (int i = -warmUps; i < runs; i++) {
            long start = System.nanoTime();
            run.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return of(times);
    }

    /** Sums measured times up. */
    static Timing of(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return new Timing(quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25));
    }

    /** True if the spread is more than a fifth of the median: something else ran on the machine. */
    public boolean loud() {
        return spread > LOUD * millis;
    }

    Timing over(double divisor) {
        return new Timing(millis / divisor, spread / divisor);
    }

    /** Linear between neighbours. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
