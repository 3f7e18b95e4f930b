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
import java.util.OptionalInt;
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
 * @param score what it reached, where complete; where pruned, what the figures before its end would have scored, if known
 * @param measures further figures of a complete trial by name
 * @param curves validation figures after each epoch, a list a seed, for the seeds begun so far
 * @param error why it failed
 * @param role its purpose
 * @param repeats the number of the trial it repeats, for the roles that do
 * @param answers of a complete trial image by image, one of each seed; none where they were not kept
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
        List<List<Double>> curves,
        Optional<String> error,
        TrialRole role,
        OptionalInt repeats,
        List<Answers> answers) {
    /** Copies the lists. */
    public Trial {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(state, "state");
        seeds = List.copyOf(seeds);
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        curves = curves.stream().map(List::copyOf).toList();
        Objects.requireNonNull(role, "role");
        answers = List.copyOf(answers);
    }

    /** A trial of the search itself whose answers were not kept. */
    public Trial(
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
            List<List<Double>> curves,
            Optional<String> error) {
        this(
                number,
                choice,
                seeds,
                state,
                attempts,
                machine,
                started,
                ended,
                score,
                measures,
                curves,
                error,
                TrialRole.SEARCH,
                OptionalInt.empty(),
                List.of());
    }

    /** A trial that nobody has claimed yet. */
    public static Trial waiting(int number, Choice choice, List<Long> seeds) {
        return waiting(number, choice, seeds, TrialRole.SEARCH);
    }

    /** A trial of a role that nobody has claimed yet. */
    public static Trial waiting(int number, Choice choice, List<Long> seeds, TrialRole role) {
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
                Optional.empty(),
                role,
                OptionalInt.empty(),
                List.of());
    }

    /** The figures of all seeds, those of one after those of another. */
    public List<Double> curve() {
        return curves.stream().flatMap(List::stream).toList();
    }

    /** The figures of the seed at an index; empty while it is not begun. */
    public List<Double> curve(int seed) {
        return seed < curves.size() ? curves.get(seed) : List.of();
    }

    /** The same trial with other curves and another score. */
    public Trial with(List<List<Double>> newCurves, OptionalDouble newScore) {
        return new Trial(
                number, choice, seeds, state, attempts, machine, started, ended, newScore, measures, newCurves, error,
                role, repeats, answers);
    }

    /** Validation accuracies of the seeds that were trained to the end, in the seeds' order. */
    public List<Double> seedAccuracies() {
        return curves.stream()
                .filter(curve -> !curve.isEmpty())
                .map(curve -> curve.get(curve.size() - 1))
                .toList();
    }

    /** The trial whose result this one took over, since both train the same network with the same seeds. */
    public OptionalInt sameAs() {
        OptionalDouble same = measure(TrialOutcome.SAME_AS);
        return same.isPresent() ? OptionalInt.of((int) same.getAsDouble()) : OptionalInt.empty();
    }

    /** The time it ran, once it ended; empty where an earlier version's clock was set back meanwhile. */
    public Optional<Duration> duration() {
        return started.flatMap(from -> ended.map(to -> Duration.between(from, to)))
                .filter(time -> !time.isNegative());
    }

    /** A measure of a complete trial. */
    public OptionalDouble measure(String name) {
        Double value = measures.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
