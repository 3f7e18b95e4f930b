package org.efficientnet4j.search.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.search.space.Choice;

/**
 * One choice and what became of it.
 *
 * @param number its place in the study, from 0
 * @param choice the network and its cost
 * @param seeds the seeds it is trained with
 * @param state where it stands
 * @param attempts how often it was claimed
 * @param machine the machine that has or had it
 * @param started when it was claimed last
 * @param ended when it ended
 * @param score what it reached, where complete; where pruned, the last figure of its curve
 * @param measures further figures of a complete trial by name
 * @param curve validation figures in order, those of one seed after those of another
 * @param error why it failed
 */
public record Trial(
        int number,
        Choice choice,
        List<Long> seeds,
        TrialState state,
        int attempts,
        Optional<String> machine,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalDouble score,
        Map<String, Double> measures,
        List<Double> curve,
        Optional<String> error) {
    /** Copies the lists. */
    public Trial {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(state, "state");
        seeds = List.copyOf(seeds);
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        curve = List.copyOf(curve);
    }

    /** A trial that nobody has claimed yet. */
    public static Trial waiting(int number, Choice choice, List<Long> seeds) {
        return new Trial(
                number,
                choice,
                seeds,
                TrialState.WAITING,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    /** How long it ran, once it ended. */
    public Optional<Duration> duration() {
        return started.flatMap(from -> ended.map(to -> Duration.between(from, to)));
    }

    /** A measure of a complete trial. */
    public OptionalDouble measure(String name) {
        Double value = measures.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
