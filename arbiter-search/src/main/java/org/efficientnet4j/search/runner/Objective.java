package org.efficientnet4j.search.runner;

import java.util.Optional;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;

/** Objective that a search maximises, called by several threads at once, for different trials. */
@FunctionalInterface
public interface Objective {
    /**
     * Evaluates one trial.
     *
     * @param trial the choice and its seeds
     * @param progress takes intermediate figures and tells when to end early
     * @return the score, a finite number, higher is better, and further measures; empty if it ended early as asked
     * @throws Exception if the trial fails; it is recorded and the search goes on
     */
    Optional<TrialOutcome> evaluate(Trial trial, TrialProgress progress) throws Exception;
}
