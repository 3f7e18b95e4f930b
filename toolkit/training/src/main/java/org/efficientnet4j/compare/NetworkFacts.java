package org.efficientnet4j.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.BenchmarkSettings;
import org.efficientnet4j.benchmark.NetworkBenchmark;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;

/**
 * Figures of a network that do not depend on its training.
 *
 * @param trainableParameters with the comparison's classes
 * @param macs multiply-accumulates of an image of the comparison's size
 * @param inferenceImagesPerSecond measured in batches, the networks in turn: the median of the rounds
 */
public record NetworkFacts(long trainableParameters, long macs, double inferenceImagesPerSecond) {
    private static final int ROUNDS = 3;
    private static final int STEPS = 5;
    private static final int BATCH = 32;
    private static final double WARM_UP_SECONDS = 1;

    /**
     * The networks' figures, in their order.
     *
     * @param size image height and width in pixels
     * @param threads kernels' threads
     */
    public static List<NetworkFacts> measure(List<ModelDefinition> models, int classes, int size, int threads) {
        double[][] speeds = new double[models.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < models.size(); i++) {
                speeds[i][round] = NetworkBenchmark.run(new BenchmarkSettings(
                                models.get(i),
                                BenchmarkMode.INFER,
                                BATCH,
                                size,
                                STEPS,
                                WARM_UP_SECONDS,
                                threads,
                                ActivationCheckpointing.OFF,
                                false))
                        .imagesPerSecond();
            }
        }
        List<NetworkFacts> facts = new ArrayList<>();
        for (int i = 0; i < speeds.length; i++) {
            ModelCost cost = models.get(i).cost(classes, size);
            Arrays.sort(speeds[i]);
            facts.add(new NetworkFacts(cost.trainableParameters(), cost.macs(), speeds[i][ROUNDS / 2]));
        }
        return facts;
    }
}
