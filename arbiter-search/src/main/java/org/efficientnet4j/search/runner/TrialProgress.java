package org.efficientnet4j.search.runner;

/** An evaluation's way to tell how it goes and to learn whether to go on. */
public interface TrialProgress {
    /** Stores an intermediate figure, such as validation accuracy after an epoch; higher is better. */
    void report(double value);

    /** Whether to end now, because the trial promises too little or the search is to stop. */
    boolean shouldStop();
}
