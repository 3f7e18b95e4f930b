package org.efficientnet4j.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;

/**
 * Result of a measurement.
 *
 * @param imagesPerSecond by the median step
 * @param bestImagesPerSecond by the fastest step
 * @param peakResidentMegabytes the process's highest resident memory in 2^20 bytes; 0 where the system does not tell
 * @param provider what computed, e.g. the kernels' name
 * @param inference how inference ran, "compiled" or "layer by layer"; empty for training and other programs
 */
public record BenchmarkResult(
        double imagesPerSecond,
        double bestImagesPerSecond,
        long peakResidentMegabytes,
        String provider,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String inference) {
    /** A result; without {@code inference}, as other programs print it, an empty one. */
    public BenchmarkResult {
        inference = inference == null ? "" : inference;
    }

    /** A result of training, or of another program. */
    public BenchmarkResult(
            double imagesPerSecond, double bestImagesPerSecond, long peakResidentMegabytes, String provider) {
        this(imagesPerSecond, bestImagesPerSecond, peakResidentMegabytes, provider, "");
    }

    /**
     * A result from the time of each step.
     *
     * @param batch images a step
     * @param seconds of each step, at least one
     */
    static BenchmarkResult of(int batch, double[] seconds, long peakResidentMegabytes, String provider) {
        return of(batch, seconds, peakResidentMegabytes, provider, "");
    }

    static BenchmarkResult of(
            int batch, double[] seconds, long peakResidentMegabytes, String provider, String inference) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new BenchmarkResult(batch / median, batch / sorted[0], peakResidentMegabytes, provider, inference);
    }
}
