package org.efficientnet4j.benchmark;

import java.util.Arrays;

/**
 * Result of a measurement.
 *
 * @param imagesPerSecond by the median step
 * @param bestImagesPerSecond by the fastest step
 * @param peakResidentMegabytes the process's highest resident memory in 2^20 bytes; 0 where the system does not tell
 * @param provider what computed, e.g. the kernels' name
 */
public record BenchmarkResult(
        double imagesPerSecond, double bestImagesPerSecond, long peakResidentMegabytes, String provider) {
    /**
     * A result from the time of each step.
     *
     * @param batch images a step
     * @param seconds of each step, at least one
     */
    static BenchmarkResult of(int batch, double[] seconds, long peakResidentMegabytes, String provider) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new BenchmarkResult(batch / median, batch / sorted[0], peakResidentMegabytes, provider);
    }
}
