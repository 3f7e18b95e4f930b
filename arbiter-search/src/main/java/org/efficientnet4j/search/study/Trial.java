package org.efficientnet4j.search.study;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.search.space.CostedCoefficients;

/**
 * One choice and what became of it.
 *
 * @param number its place in the study, from 0
 * @param choice coefficients, phi, image size and cost
 * @param seeds the seeds it is trained with
 * @param state where it stands
 * @param attempts how often it was claimed
 * @param machine the machine that has or had it
 * @param started when it was claimed last
 * @param ended when it ended
 * @param score what it reached, where complete
 * @param curve validation figures in order
 * @param error why it failed
 */
public record Trial(
        int number,
        CostedCoefficients choice,
        List<Long> seeds,
        TrialState state,
        int attempts,
        Optional<String> machine,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalDouble score,
        List<Double> curve,
        Optional<String> error) {
    /** Copies the lists. */
    public Trial {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(state, "state");
        seeds = List.copyOf(seeds);
        curve = List.copyOf(curve);
    }
}
