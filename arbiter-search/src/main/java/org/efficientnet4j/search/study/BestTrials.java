package org.efficientnet4j.search.study;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The complete trials that keep a search's latency budget, the best first. Budgets known beforehand all trials keep. */
public final class BestTrials {
    private BestTrials() {}

    /**
     * Ranks trials.
     *
     * @param trials of a study; repetitions are left out
     * @param latencyMillis the latency budget, where there is one; a trial without a measured latency does not keep it
     * @return complete trials within the budget by falling score, the earliest of equals first
     */
    public static List<Trial> ranked(List<Trial> trials, OptionalDouble latencyMillis) {
        return trials.stream()
                .filter(trial -> trial.role() == TrialRole.SEARCH
                        && trial.state() == TrialState.COMPLETE
                        && keeps(trial, latencyMillis))
                .sorted(Comparator.comparingDouble(
                                (Trial trial) -> -trial.score().orElseThrow())
                        .thenComparing(Trial::number))
                .toList();
    }

    /** The first of {@link #ranked}. */
    public static Optional<Trial> best(List<Trial> trials, OptionalDouble latencyMillis) {
        return ranked(trials, latencyMillis).stream().findFirst();
    }

    private static boolean keeps(Trial trial, OptionalDouble latencyMillis) {
        return latencyMillis.isEmpty()
                || trial.measure(TrialOutcome.LATENCY_MILLIS).orElse(Double.POSITIVE_INFINITY)
                        <= latencyMillis.getAsDouble();
    }
}
