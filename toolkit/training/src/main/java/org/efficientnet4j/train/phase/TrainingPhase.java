package org.efficientnet4j.train.phase;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/**
 * A part of a run whose input and regularisation stay the same. A plain run has one.
 *
 * @param epochs how many, at least 1
 * @param training what to learn from
 * @param validation what to be judged on
 * @param settings size, batch and strengths, which the network is set to when the phase begins; without them it stays as
 *     it is
 */
public record TrainingPhase(
        int epochs, EpochSource training, EpochSource validation, Optional<ProgressivePhase> settings) {
    /** @throws IllegalArgumentException for less than one epoch or an empty source */
    public TrainingPhase {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(settings, "settings");
        if (epochs < 1 || training.batches() < 1 || validation.batches() < 1) {
            throw new IllegalArgumentException(
                    "A phase needs at least 1 epoch, training batch and validation batch, found " + epochs + ", "
                            + training.batches() + " and " + validation.batches());
        }
    }

    /** A phase that leaves the network's regularisation as it is. */
    public TrainingPhase(int epochs, EpochSource training, EpochSource validation) {
        this(epochs, training, validation, Optional.empty());
    }

    /** Steps of an epoch, the last perhaps over fewer batches. */
    public int stepsInEpoch(int accumulate) {
        return (training.batches() + accumulate - 1) / accumulate;
    }

    /** Steps of a run before an epoch, counted from 0. */
    public static long firstStep(List<TrainingPhase> phases, int epoch, int accumulate) {
        long steps = 0;
        int left = epoch;
        for (TrainingPhase phase : phases) {
            int epochs = Math.min(left, phase.epochs());
            steps += (long) epochs * phase.stepsInEpoch(accumulate);
            left -= epochs;
        }
        return steps;
    }

    public static int epochs(List<TrainingPhase> phases) {
        return phases.stream().mapToInt(TrainingPhase::epochs).sum();
    }

    public static long steps(List<TrainingPhase> phases, int accumulate) {
        return phases.stream()
                .mapToLong(phase -> (long) phase.epochs() * phase.stepsInEpoch(accumulate))
                .sum();
    }
}
