package org.efficientnet4j.search.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;

/**
 * Different networks by falling score, and which of them cannot be told from the best.
 *
 * <p>One stands apart from the best only where so large a difference has a chance below 5 % over the number of
 * comparisons. So the truly best network is among the best and those that cannot be told from it with a probability of at
 * least 95 %, whichever it is: it would have to be left out by one of the comparisons, each of which does so at no more
 * than its share.
 *
 * <p>Source: Gupta, On some multiple decision rules (1965), with the union bound in place of a common distribution.
 *
 * @param standings the best first
 * @param seeds trainings of each
 * @param images each seed was judged on; 0 where answers were not kept
 * @param bias by how much the best of so many equal networks would lie above its true score, on average; empty where the
 *     error is not known
 * @param chance the share that a network that learnt nothing reaches, where it was kept
 * @param aboveChance false if even the best one's share could be chance; true where that is not known
 */
public record Standings(
        List<Standing> standings,
        int seeds,
        int images,
        OptionalDouble bias,
        OptionalDouble chance,
        boolean aboveChance) {
    /** The error rate over all comparisons together. */
    public static final double ERROR_RATE = 0.05;

    /**
     * One network.
     *
     * @param trial the first one that trained it
     * @param standardError of its score; empty where it is not known
     * @param toBest how far the best lies above it
     * @param level true if it cannot be told from the best
     */
    public record Standing(Trial trial, OptionalDouble standardError, Difference toBest, boolean level) {
        /** Its score. */
        public double score() {
            return trial.score().orElseThrow();
        }
    }

    /** Copies the list. */
    public Standings {
        standings = List.copyOf(standings);
    }

    /**
     * Compares complete trials.
     *
     * @param ranked by falling score; those of other seeds than the first are left out
     * @param evaluated identifies what a choice's trial trained: equal ones are one network
     * @return empty for no trials
     */
    public static Optional<Standings> of(List<Trial> ranked, Function<? super Choice, ?> evaluated) {
        if (ranked.isEmpty()) {
            return Optional.empty();
        }
        Map<Object, Trial> different = new LinkedHashMap<>();
        for (Trial trial : ranked) {
            if (trial.seeds().equals(ranked.get(0).seeds())) {
                different.merge(
                        evaluated.apply(trial.choice()),
                        trial,
                        (one, other) ->
                                one.sameAs().isPresent() && other.sameAs().isEmpty() ? other : one);
            }
        }
        List<Trial> trials = different.values().stream()
                .sorted(Comparator.comparingDouble(
                                (Trial trial) -> -trial.score().orElseThrow())
                        .thenComparing(Trial::number))
                .toList();
        return Optional.of(compare(trials));
    }

    private static Standings compare(List<Trial> trials) {
        List<Candidate> candidates = trials.stream().map(Candidate::of).toList();
        int seeds = candidates.get(0).scores().size();
        boolean balanced = candidates.stream().allMatch(one -> one.scores().size() == seeds);
        SeedNoise noise = balanced ? SeedNoise.of(candidates) : new SeedNoise(0, 0);
        OptionalDouble within = balanced ? SeedNoise.within(candidates) : OptionalDouble.empty();
        double level = ERROR_RATE / Math.max(1, candidates.size() - 1);
        Candidate best = candidates.get(0);
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Difference difference = i == 0 ? Difference.NONE : Difference.of(best, candidates.get(i), noise);
            standings.add(new Standing(
                    trials.get(i),
                    candidates.get(i).standardError(within),
                    difference,
                    !(difference.chance().orElse(1) < level)));
        }
        OptionalDouble chance = trials.get(0).measure(TrialOutcome.CHANCE);
        return new Standings(
                standings,
                seeds,
                best.images(),
                bias(standings),
                chance,
                chance.isEmpty() || aboveChance(candidates, chance.getAsDouble()));
    }

    /** Bias from the errors of differences, whose common part the choice cannot raise: half their variance for each. */
    private static OptionalDouble bias(List<Standing> standings) {
        double[] errors = standings.stream()
                .skip(1)
                .filter(one -> one.toBest().standardError().isPresent())
                .mapToDouble(one -> one.toBest().standardError().getAsDouble())
                .sorted()
                .toArray();
        return errors.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        errors[errors.length / 2] / Math.sqrt(2) * SelectionBias.expectedMaximum(standings.size()));
    }

    /** The largest share of any of them, at the error rate over all. */
    private static boolean aboveChance(List<Candidate> candidates, double chance) {
        return candidates.stream().anyMatch(one -> {
            int images = one.images();
            int right = (int) Math.floor(one.mean() / one.factor() * images + 1e-9);
            return images == 0 || Binomials.atLeast(right, images, chance) < ERROR_RATE / candidates.size();
        });
    }

    /** The best. */
    public Standing best() {
        return standings.get(0);
    }

    /** The others that cannot be told from the best, by falling score. */
    public List<Standing> level() {
        return standings.stream().skip(1).filter(Standing::level).toList();
    }
}
