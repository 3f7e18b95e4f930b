package org.efficientnet4j.search.runner;

import java.io.Serializable;

/** An evaluation's way to tell how it goes and to learn whether to go on. */
public interface TrialProgress {
    /**
     * An intermediate figure.
     *
     * @param seed index of the seed that is being trained, from 0
     * @param value validation accuracy after an epoch or the like; higher is better
     * @param score what the trial would score if it ended now
     */
    record Figure(int seed, double value, double score) implements Serializable {}

    /** Stores a figure. */
    void report(Figure figure);

    /** Stores a figure of a trial with one seed whose score is that figure. */
    default void report(double value) {
        report(new Figure(0, value, value));
    }

    /** True once the evaluation has to end, because the trial promises too little or the search is to stop. */
    boolean shouldStop();
}
