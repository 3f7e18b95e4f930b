package org.efficientnet4j.search.runner;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.efficientnet4j.search.sampler.Tried;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.SearchSpace;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/**
 * A search's trials as a sampler sees them: a trial that was repeated with fresh seeds has the mean score of all its
 * trainings, and each repetition's beside it. The test part's scores are not among them, since they must not choose.
 */
public final class Pooled {
    private Pooled() {}

    /** The trials of the search, with what their repetitions measured. */
    public static <C extends Choice> List<Tried<C>> searched(List<Trial> trials, SearchSpace<C> space) {
        return trials.stream()
                .filter(trial -> trial.role() == TrialRole.SEARCH)
                .map(trial -> trial.state() == TrialState.COMPLETE
                        ? pooled(trial, trials, Tried.of(trial, space))
                        : Tried.of(trial, space))
                .toList();
    }

    private static <C extends Choice> Tried<C> pooled(Trial trial, List<Trial> trials, Tried<C> tried) {
        List<Trial> repeats = trials.stream()
                .filter(other -> (other.role() == TrialRole.CONFIRM || other.role() == TrialRole.LEADER)
                        && other.repeats().orElse(-1) == trial.number())
                .toList();
        List<Trial> measured = Stream.concat(
                        Stream.of(trial), repeats.stream().filter(other -> other.state() == TrialState.COMPLETE))
                .toList();
        int trainings = measured.stream().mapToInt(one -> one.seeds().size()).sum();
        double score = measured.stream()
                .mapToDouble(one -> one.score().orElseThrow() * one.seeds().size() / trainings)
                .sum();
        return tried.repeated(
                OptionalDouble.of(score),
                measured.stream().map(one -> one.score().orElseThrow()).toList(),
                repeats.stream().anyMatch(other -> !other.state().ended()));
    }
}
