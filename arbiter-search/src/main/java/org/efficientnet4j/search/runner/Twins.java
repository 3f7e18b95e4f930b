package org.efficientnet4j.search.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/** Trials that would be the same training: many choices round to one stand-in, and one seed gives one result. */
final class Twins {
    private final Function<? super Choice, ?> evaluated;

    /** @param evaluated identifies what a choice's trial evaluates */
    Twins(Function<? super Choice, ?> evaluated) {
        this.evaluated = evaluated;
    }

    /** The complete trial of the search that was trained as this one would be. */
    synchronized Optional<Trial> of(Trial trial, List<Trial> all) {
        if (trial.role() != TrialRole.SEARCH) {
            return Optional.empty();
        }
        Object own = evaluated.apply(trial.choice());
        return all.stream()
                .filter(other -> other.number() != trial.number()
                        && other.role() == TrialRole.SEARCH
                        && other.state() == TrialState.COMPLETE
                        && other.sameAs().isEmpty()
                        && other.seeds().equals(trial.seeds())
                        && own.equals(evaluated.apply(other.choice())))
                .findFirst();
    }

    /** A trial's outcome as another takes it over. */
    static TrialOutcome outcome(Trial trained) {
        Map<String, Double> measures = new LinkedHashMap<>(trained.measures());
        measures.put(TrialOutcome.SAME_AS, (double) trained.number());
        return new TrialOutcome(trained.score().orElseThrow(), measures, trained.answers());
    }
}
