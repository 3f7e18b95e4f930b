package org.efficientnet4j.search.sampler;

import java.util.OptionalDouble;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.SearchSpace;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;

/**
 * A trial as a sampler of its space sees it.
 *
 * @param number its place in the study
 * @param choice what was tried
 * @param score what it reached; empty while it is under way, and where it failed
 * @param latencyMillis the whole network's measured latency, where it was measured
 * @param <C> the space's kind of choice
 */
public record Tried<C extends Choice>(int number, C choice, OptionalDouble score, OptionalDouble latencyMillis) {
    /**
     * A study's trial.
     *
     * @throws org.efficientnet4j.core.InvalidInputException for a trial of another kind of space
     */
    public static <C extends Choice> Tried<C> of(Trial trial, SearchSpace<C> space) {
        return new Tried<>(
                trial.number(),
                space.own(trial.choice()),
                trial.state() == TrialState.FAILED ? OptionalDouble.empty() : trial.score(),
                trial.measure(TrialOutcome.LATENCY_MILLIS));
    }
}
