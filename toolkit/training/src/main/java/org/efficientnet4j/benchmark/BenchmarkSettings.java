package org.efficientnet4j.benchmark;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelDefinition;

/**
 * One measurement.
 *
 * @param model the network, with 1000 classes
 * @param mode what a step is
 * @param batch images a step
 * @param size image height and width in pixels, at least the network's stride
 * @param steps measured steps
 * @param warmUpSeconds how long unmeasured steps run before; two run in any case
 * @param threads kernels' threads
 * @param checkpointing what a training computes again to save memory
 * @param stock whether DL4J's own layers and optimiser are measured instead of the toolkit's
 */
public record BenchmarkSettings(
        ModelDefinition model,
        BenchmarkMode mode,
        int batch,
        int size,
        int steps,
        double warmUpSeconds,
        int threads,
        ActivationCheckpointing checkpointing,
        boolean stock) {
    /** @throws InvalidInputException for a value out of range */
    public BenchmarkSettings {
        Objects.requireNonNull(model);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(checkpointing);
        atLeast("batch", 1, batch);
        atLeast("size", model.plan().minimumSize(), size);
        atLeast("steps", 1, steps);
        atLeast("threads", 1, threads);
        if (!(warmUpSeconds >= 0 && warmUpSeconds <= 3600)) {
            throw new InvalidInputException("The warm-up must lie in 0 to 3600 seconds, found " + warmUpSeconds);
        }
    }

    private static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new InvalidInputException(name + " must be at least " + least + ", found " + value);
        }
    }
}
