package org.efficientnet4j.search.runner;

import java.util.function.DoubleConsumer;
import org.efficientnet4j.search.study.Trial;

/** What a search maximises. Called by several threads at once, for different trials. */
public interface Objective {
    /**
     * Evaluates one trial.
     *
     * @param trial coefficients, cost and seeds
     * @param curve takes intermediate figures, such as validation accuracy after each epoch, and stores them
     * @return the score, a finite number, higher is better
     * @throws Exception if the trial fails; it is recorded and the search goes on
     */
    double evaluate(Trial trial, DoubleConsumer curve) throws Exception;
}
