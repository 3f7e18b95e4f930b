package org.efficientnet4j.graph.layers;

import java.util.SplittableRandom;

/**
 * Random numbers for one layer at one training step: a function of seed, layer and step alone, so that a resumed run
 * draws what the uninterrupted one would have.
 */
final class StepRandom {
    private StepRandom() {}

    static SplittableRandom of(long seed, String layerName, int step) {
        return new SplittableRandom(mix(mix(mix(seed) + layerName.hashCode()) + step));
    }

    private static long mix(long value) {
        return new SplittableRandom(value).nextLong();
    }
}
