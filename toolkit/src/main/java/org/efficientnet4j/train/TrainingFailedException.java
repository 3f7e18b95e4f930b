package org.efficientnet4j.train;

/** Training cannot go on, through no fault of the input. The message stands alone: where, why and what to do. */
public class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened at which step, and the remedy */
    public TrainingFailedException(String message) {
        super(message);
    }
}
