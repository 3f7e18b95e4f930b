package org.efficientnet4j.train;

import java.util.List;
import java.util.Objects;

/**
 * A part of a run whose input stays the same. A plain run has one.
 *
 * @param epochs how many, at least 1
 * @param training what to learn from
 * @param validation what to be judged on
 */
public record TrainingStage(int epochs, EpochSource training, EpochSource validation) {
    /** @throws IllegalArgumentException for less than one epoch or an empty source */
    public TrainingStage {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        if (epochs < 1 || training.batches() < 1 || validation.batches() < 1) {
            throw new IllegalArgumentException(
                    "A stage needs at least 1 epoch, training batch and validation batch, found " + epochs + ", "
                            + training.batches() + " and " + validation.batches());
        }
    }

    long steps() {
        return (long) epochs * training.batches();
    }

    static int epochs(List<TrainingStage> stages) {
        return stages.stream().mapToInt(TrainingStage::epochs).sum();
    }

    static long steps(List<TrainingStage> stages) {
        return stages.stream().mapToLong(TrainingStage::steps).sum();
    }
}
