package org.efficientnet4j.search.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;

/**
 * The progress of a search.
 *
 * @param total trials there will be
 * @param complete trials with a score
 * @param pruned trials ended early
 * @param failed trials with an error
 * @param running trials under way, of any process, by number
 * @param best complete trials within the latency budget, the best first
 * @param left time until the last trial ends; empty before the first has ended
 */
public record SearchStatus(
        int total,
        int complete,
        int pruned,
        int failed,
        List<Trial> running,
        List<Trial> best,
        Optional<Duration> left) {
    /** Copies the lists. */
    public SearchStatus {
        running = List.copyOf(running);
        best = List.copyOf(best);
    }

    /**
     * Sums trials up.
     *
     * @param trials every trial of a study
     * @param wanted trials there will be at least, where they are proposed one by one
     * @param parallel trials this process runs at a time; with other processes there may be more
     * @param latencyMillis the latency budget, where there is one
     * @param ran how long a running trial has run, as {@link org.efficientnet4j.search.study.Study#ran} tells
     */
    public static SearchStatus of(
            List<Trial> trials, int wanted, int parallel, OptionalDouble latencyMillis, Function<Trial, Duration> ran) {
        List<Trial> running = trials.stream()
                .filter(trial -> trial.state() == TrialState.RUNNING)
                .toList();
        List<Trial> best = BestTrials.ranked(trials, latencyMillis);
        int total = Math.max(wanted, trials.size());
        SearchStatus status = new SearchStatus(
                total,
                count(trials, TrialState.COMPLETE),
                count(trials, TrialState.PRUNED),
                count(trials, TrialState.FAILED),
                running,
                best,
                Optional.empty());
        return new SearchStatus(
                total,
                status.complete,
                status.pruned,
                status.failed,
                running,
                best,
                status.left(trials, parallel, ran));
    }

    /** Trials that will not run any more. */
    public int ended() {
        return complete + pruned + failed;
    }

    /** The mean trial's time for each that is not yet begun, and what is left of it for those that run, side by side. */
    private Optional<Duration> left(List<Trial> trials, int parallel, Function<Trial, Duration> ran) {
        double mean = trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE || trial.state() == TrialState.PRUNED)
                .flatMap(trial -> trial.duration().stream())
                .mapToLong(Duration::toMillis)
                .average()
                .orElse(Double.NaN);
        if (Double.isNaN(mean)) {
            return ended() == total ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        double millis = (total - ended() - running.size()) * mean;
        for (Trial trial : running) {
            millis += Math.max(0, mean - ran.apply(trial).toMillis());
        }
        return Optional.of(Duration.ofMillis(Math.round(millis / Math.max(parallel, running.size()))));
    }

    private static int count(List<Trial> trials, TrialState state) {
        return (int) trials.stream().filter(trial -> trial.state() == state).count();
    }
}
