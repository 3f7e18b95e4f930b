package org.efficientnet4j.search.runner;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/**
 * A search's trials as a sampler sees them: a trial that was repeated with fresh seeds has the mean score of all its
 * trainings. The test part's scores are not among them, since they must not choose.
 */
final class Pooled {
    private Pooled() {}

    static List<Trial> searched(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.role() == TrialRole.SEARCH)
                .map(trial -> trial.state() == TrialState.COMPLETE ? pooled(trial, trials) : trial)
                .toList();
    }

    private static Trial pooled(Trial trial, List<Trial> trials) {
        List<Trial> measured = Stream.concat(
                        Stream.of(trial),
                        trials.stream()
                                .filter(other -> other.role() == TrialRole.CONFIRM
                                        && other.state() == TrialState.COMPLETE
                                        && other.repeats().orElse(-1) == trial.number()))
                .toList();
        int trainings = measured.stream().mapToInt(one -> one.seeds().size()).sum();
        double score = measured.stream()
                .mapToDouble(one -> one.score().orElseThrow() * one.seeds().size() / trainings)
                .sum();
        return measured.size() == 1 ? trial : trial.with(trial.curves(), OptionalDouble.of(score));
    }
}
