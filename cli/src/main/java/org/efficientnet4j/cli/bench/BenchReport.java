package org.efficientnet4j.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One row of what {@code effnet bench} measured.
 *
 * @param model the network
 * @param mode train or infer
 * @param batch images a step
 * @param size image height and width in pixels
 * @param steps measured steps of a run
 * @param threads threads of each contender
 * @param imagesPerSecond ours, by the median step; with peers the median of the runs
 * @param bestImagesPerSecond ours, by the fastest step
 * @param peakResidentMegabytes our process's highest resident memory in 2^20 bytes; 0 where the system does not tell
 * @param provider our kernels
 * @param inference how ours inferred, "compiled" or "layer by layer"; left out of the JSON for training
 * @param peers the others, left out of the JSON where none were asked for
 */
record BenchReport(
        String model,
        String mode,
        int batch,
        int size,
        int steps,
        int threads,
        double imagesPerSecond,
        double bestImagesPerSecond,
        long peakResidentMegabytes,
        String provider,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String inference,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Peer> peers) {

    /**
     * Another program doing the same work.
     *
     * @param name what ran
     * @param imagesPerSecond the median of its runs
     * @param bestImagesPerSecond its fastest step
     * @param peakResidentMegabytes its process's highest resident memory in 2^20 bytes
     * @param ratio ours divided by its images a second; above 1 we are faster
     * @param skipped why it did not run; empty where it did
     */
    record Peer(
            String name,
            double imagesPerSecond,
            double bestImagesPerSecond,
            long peakResidentMegabytes,
            double ratio,
            String skipped) {}
}
