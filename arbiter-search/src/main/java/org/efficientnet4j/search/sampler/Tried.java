package org.efficientnet4j.search.sampler;

import java.util.List;
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
 * @param measured the scores of its trainings and of its repetitions, each by itself
 * @param measuring true while it is measured again
 * @param latencyMillis the whole network's measured latency, where it was measured
 * @param <C> the space's kind of choice
 */
public record Tried<C extends Choice>(
        int number,
        C choice,
        OptionalDouble score,
        List<Double> measured,
        boolean measuring,
        OptionalDouble latencyMillis) {
    /** Copies the list. */
    public Tried {
        measured = List.copyOf(measured);
    }

    /** A trial that was measured once, or not yet. */
    public Tried(int number, C choice, OptionalDouble score, OptionalDouble latencyMillis) {
        this(number, choice, score, score.isPresent() ? List.of(score.getAsDouble()) : List.of(), false, latencyMillis);
    }

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

    /** The same trial with the scores of its repetitions, whose mean is the score given. */
    public Tried<C> repeated(OptionalDouble mean, List<Double> all, boolean again) {
        return new Tried<>(number, choice, mean, all, again, latencyMillis);
    }
}
