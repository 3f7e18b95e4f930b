package org.efficientnet4j.train.options;

import java.util.List;
import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveStage;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * How size and regularisation grow; {@code progressive} in config.yaml. They end at {@code data.size} and
 * {@code regularization}. Without a growth by rule all but the mode is unused.
 *
 * @param mode the rule
 * @param stages how many
 * @param minSize the start's image size in pixels
 * @param min the start's strengths
 * @param sizeMultiple what sizes between start and end are rounded to, in pixels
 * @param constantMemory whether smaller images come in larger batches
 * @param plan the stages of {@link ProgressiveMode#EXPLICIT}, empty in other modes
 */
public record ProgressiveOptions(
        ProgressiveMode mode,
        int stages,
        int minSize,
        Strengths min,
        int sizeMultiple,
        boolean constantMemory,
        List<ProgressiveStage> plan) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public ProgressiveOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(min, "min");
        plan = List.copyOf(plan);
        Checks.atLeast("progressive.stages", stages, 1);
        Checks.atLeast("progressive.minSize", minSize, 1);
        Checks.atLeast("progressive.sizeMultiple", sizeMultiple, 1);
        if (plan.isEmpty() == (mode == ProgressiveMode.EXPLICIT)) {
            throw new InvalidInputException("progressive.plan goes with the mode 'explicit', found the mode '"
                    + mode.name().toLowerCase(java.util.Locale.ROOT) + "' and " + plan.size()
                    + " stages: write the stages down, or choose paper, automl or off");
        }
    }
}
