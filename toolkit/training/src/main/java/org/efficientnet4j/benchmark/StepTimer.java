package org.efficientnet4j.benchmark;

/** Times whole steps. */
final class StepTimer {
    private static final int LEAST_WARM_UPS = 2;

    private StepTimer() {}

    /**
     * Warms up, then measures.
     *
     * @param warmUpSeconds how long unmeasured steps run; two run in any case
     * @param steps how many are measured
     * @return each measured step's seconds
     */
    static double[] seconds(Runnable step, double warmUpSeconds, int steps) {
        long begin = System.nanoTime();
        for (int i = 0; i < LEAST_WARM_UPS || secondsSince(begin) < warmUpSeconds; i++) {
            step.run();
        }
        double[] seconds = new double[steps];
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            step.run();
            seconds[i] = secondsSince(start);
        }
        return seconds;
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
