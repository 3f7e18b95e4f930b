package org.efficientnet4j.train.run;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param outcome why
 * @param epochs epochs completed
 * @param best the best epoch; empty if training was interrupted before the first validation
 * @param seconds training time, over all resumes
 * @param directory the run directory
 */
public record TrainingResult(Outcome outcome, int epochs, Optional<BestEpoch> best, double seconds, Path directory) {
    /** Why a run ended. */
    public enum Outcome {
        /** All epochs are done; the model file is written. */
        COMPLETED,
        /** No better epoch came within the patience; the model file is written. */
        STOPPED_EARLY,
        /** A stop was requested; the checkpoint is written and the run can be resumed. */
        INTERRUPTED
    }

    /** Checks that nothing is missing. */
    public TrainingResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(directory, "directory");
    }
}
