package org.efficientnet4j.train;

import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.run.TrainingResult;

/**
 * Is told how a run goes, on the training thread: what it does holds training up. Every method does nothing unless
 * overridden.
 */
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = new ProgressListener() {};

    /**
     * The run goes on, but not as it would have: a damaged checkpoint was passed over.
     *
     * @param message a sentence for the user
     */
    default void warned(String message) {}

    /**
     * An epoch begins, or goes on after a resume.
     *
     * @param epoch from 1
     * @param epochs how many the run has
     * @param steps how many this one has
     */
    default void epochStarted(int epoch, int epochs, int steps) {}

    /** The weights were changed once more. */
    default void stepDone(StepProgress progress) {}

    /**
     * A batch was validated.
     *
     * @param examples images scored so far in this validation
     * @param total images to score
     */
    default void validationProgressed(int examples, int total) {}

    /**
     * An epoch ended and its checkpoint, if it has one, is written.
     *
     * @param metrics its figures
     * @param best whether it is the best so far
     */
    default void epochDone(EpochMetrics metrics, boolean best) {}

    /** The run ended, by itself or on request. */
    default void finished(TrainingResult result) {}
}
