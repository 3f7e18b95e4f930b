package org.efficientnet4j.train.options;

import java.util.Objects;

/**
 * How the learning rate goes from step to step; {@code schedule} in config.yaml. It rises linearly to its peak during
 * warm-up and then falls.
 *
 * @param name how it falls
 * @param warmupEpochs length of the rise in epochs, may be fractional
 * @param decayRate factor of each stair of {@link LearningRateShape#EXPONENTIAL}, in (0, 1]
 * @param decayEpochs length of each stair in epochs, may be fractional; stairs are counted from the run's start
 */
public record ScheduleOptions(LearningRateShape name, double warmupEpochs, double decayRate, double decayEpochs) {
    /** @throws org.efficientnet4j.core.InvalidInputException for a value outside its range, named by its key */
    public ScheduleOptions {
        Objects.requireNonNull(name, "name");
        Checks.notNegative("schedule.warmupEpochs", warmupEpochs);
        Checks.share("schedule.decayRate", decayRate);
        Checks.positive("schedule.decayEpochs", decayEpochs);
    }
}
