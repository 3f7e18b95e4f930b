package org.efficientnet4j.train;

import java.nio.file.Path;
import java.util.Optional;
import org.efficientnet4j.train.run.TrainingPosition;

/** Training cannot go on, through no fault of the input. The message stands alone: where, why and what to do. */
public class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened at which step, and the remedy */
    public TrainingFailedException(String message) {
        super(message);
    }

    /**
     * A number that must be finite is not.
     *
     * @param what the number and its value
     * @param position before the step at which it became so
     */
    static TrainingFailedException diverged(
            String what, TrainingPosition position, double learningRate, Optional<Path> lastCheckpoint) {
        return new TrainingFailedException("The " + what + " at step " + (position.step() + 1) + " of epoch "
                + (position.epoch() + 1) + ", at a learning rate of " + learningRate + ". "
                + lastCheckpoint
                        .map(file -> "The last good checkpoint is " + file)
                        .orElse("There is no checkpoint yet")
                + ". Start again with a lower learning rate or a longer warm-up");
    }
}
