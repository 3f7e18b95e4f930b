package org.efficientnet4j.search.sampler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.bayes.BayesianOptimizer;
import org.efficientnet4j.search.bayes.FittedProcess;
import org.efficientnet4j.search.bayes.Observation;
import org.efficientnet4j.search.bayes.ParetoOptimizer;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.ScalingSpace;
import org.efficientnet4j.search.study.TrialOutcome;

/**
 * Proposes scalings out of a box within limits on cost, by Bayesian optimisation, which takes trainings to be noisy, or by
 * chance. Many points of the box
 * round to the same network; none is proposed twice, and trials of equal networks are one observation.
 */
public final class ScalingSampler implements Sampler<CostedCoefficients> {
    private static final int MOST_DRAWN = 100_000;
    private static final int MOST_MEASURED = 10;

    /** A way to propose. */
    private enum Way {
        IMPROVEMENT,
        FRONT,
        CHANCE
    }

    private final ScalingSpace space;
    private final CostLimits limits;
    private final OptionalDouble latencyBudget;
    private final long seed;
    private final Way way;
    private Function<? super CostedCoefficients, ?> evaluated = Network::of;

    private ScalingSampler(ScalingSpace space, CostLimits limits, OptionalDouble latencyBudget, long seed, Way way) {
        this.space = space;
        this.limits = limits;
        this.latencyBudget = latencyBudget;
        this.seed = seed;
        this.way = way;
    }

    /**
     * Proposes where improvement is expected and the constraints are likely to hold.
     *
     * @param limits on what is known beforehand
     * @param latencyBudget milliseconds, for a study whose trials measure {@link TrialOutcome#LATENCY_MILLIS}
     */
    public static ScalingSampler bayesian(
            ScalingSpace space, CostLimits limits, OptionalDouble latencyBudget, long seed) {
        return new ScalingSampler(space, limits, latencyBudget, seed, Way.IMPROVEMENT);
    }

    /**
     * Proposes where the front of accuracy, MACs and, where trials measure it, latency is expected to grow most.
     *
     * @param limits on what is known beforehand
     */
    public static ScalingSampler front(ScalingSpace space, CostLimits limits, long seed) {
        return new ScalingSampler(space, limits, OptionalDouble.empty(), seed, Way.FRONT);
    }

    /** Proposes points drawn evenly from the box's part within the limits. */
    public static ScalingSampler random(ScalingSpace space, CostLimits limits, long seed) {
        return new ScalingSampler(space, limits, OptionalDouble.empty(), seed, Way.CHANCE);
    }

    /** Takes choices to be the same whose evaluated networks are; without, those of equal whole networks. */
    public ScalingSampler identifiedBy(Function<? super CostedCoefficients, ?> value) {
        evaluated = value;
        return this;
    }

    @Override
    public Optional<CostedCoefficients> propose(List<Tried<CostedCoefficients>> trials) {
        Map<Object, Tried<CostedCoefficients>> tried = different(trials);
        Optional<double[]> point =
                switch (way) {
                    case IMPROVEMENT -> optimizer(tried).propose(observations(tried));
                    case FRONT ->
                        new ParetoOptimizer(space.numParameters(), admits(tried), this::logMacs, seed)
                                .propose(observations(tried));
                    case CHANCE -> draw(admits(tried), trials.size());
                };
        return point.map(space::at);
    }

    /** A leader whose next training is worth more than that of any new network, and which is not at it. */
    @Override
    public OptionalInt again(List<Tried<CostedCoefficients>> trials) {
        if (way != Way.IMPROVEMENT) {
            return OptionalInt.empty();
        }
        Map<Object, Tried<CostedCoefficients>> tried = different(trials);
        List<Tried<CostedCoefficients>> observed = observed(tried);
        return optimizer(tried)
                .measure(
                        observations(tried),
                        i -> !observed.get(i).measuring()
                                && observed.get(i).measured().size() < MOST_MEASURED)
                .map(next -> next.repeats().isPresent()
                        ? OptionalInt.of(observed.get(next.repeats().getAsInt()).number())
                        : OptionalInt.empty())
                .orElse(OptionalInt.empty());
    }

    /**
     * The process after the trials, which of them it takes to be best, and what it would propose.
     *
     * @param trials every trial of the study by number
     * @param proposals how many
     * @return empty for a sampler without a process, or too few trials
     */
    public Optional<Outlook> outlook(List<Tried<CostedCoefficients>> trials, int proposals) {
        Map<Object, Tried<CostedCoefficients>> tried = different(trials);
        List<Observation> observations = observations(tried);
        Optional<FittedProcess> process =
                way == Way.CHANCE ? Optional.empty() : optimizer(tried).posterior(observations);
        OptionalInt best =
                process.isEmpty() ? OptionalInt.empty() : optimizer(tried).best(observations);
        if (best.isEmpty()) {
            return Optional.empty();
        }
        List<CostedCoefficients> next = new ArrayList<>();
        List<Tried<CostedCoefficients>> asked = new ArrayList<>(trials);
        for (int i = 0; i < proposals; i++) {
            Optional<CostedCoefficients> one = propose(asked);
            one.ifPresent(choice -> {
                next.add(choice);
                asked.add(new Tried<>(asked.size(), choice, OptionalDouble.empty(), OptionalDouble.empty()));
            });
        }
        return Optional.of(new Outlook(
                space, process.get(), observed(tried).get(best.getAsInt()), List.copyOf(tried.values()), next));
    }

    private double logMacs(double[] point) {
        return Math.log((double) space.at(point).cost().macs());
    }

    private Map<Object, Tried<CostedCoefficients>> different(List<Tried<CostedCoefficients>> trials) {
        Map<Object, Tried<CostedCoefficients>> tried = new LinkedHashMap<>();
        for (Tried<CostedCoefficients> trial : trials) {
            tried.merge(
                    evaluated.apply(trial.choice()),
                    trial,
                    (one, other) -> one.measured().size() >= other.measured().size() ? one : other);
        }
        return tried;
    }

    private Predicate<double[]> admits(Map<Object, Tried<CostedCoefficients>> tried) {
        return point -> {
            CostedCoefficients scaling = space.at(point);
            return limits.admit(scaling.cost()) && !tried.containsKey(evaluated.apply(scaling));
        };
    }

    /** The trial of each observation: one for each measurement. */
    private static List<Tried<CostedCoefficients>> observed(Map<Object, Tried<CostedCoefficients>> tried) {
        return tried.values().stream()
                .flatMap(trial ->
                        Collections.nCopies(Math.max(1, trial.measured().size()), trial).stream())
                .toList();
    }

    private BayesianOptimizer optimizer(Map<Object, Tried<CostedCoefficients>> tried) {
        OptionalDouble limit = latencyBudget.isPresent()
                ? OptionalDouble.of(Math.log(latencyBudget.getAsDouble()))
                : OptionalDouble.empty();
        return new BayesianOptimizer(space.numParameters(), admits(tried), limit, seed).noisy();
    }

    /** Latency enters as its logarithm, in which scaling is about linear. A failed trial counts as pending. */
    private List<Observation> observations(Map<Object, Tried<CostedCoefficients>> tried) {
        List<Observation> observations = new ArrayList<>();
        for (Tried<CostedCoefficients> trial : tried.values()) {
            double[] point = space.unit(trial.choice());
            OptionalDouble latency = trial.latencyMillis();
            OptionalDouble logarithm =
                    latency.isPresent() ? OptionalDouble.of(Math.log(latency.getAsDouble())) : OptionalDouble.empty();
            if (trial.measured().isEmpty()) {
                observations.add(new Observation(point, OptionalDouble.empty(), logarithm));
            }
            trial.measured()
                    .forEach(score -> observations.add(new Observation(point, OptionalDouble.of(score), logarithm)));
        }
        return observations;
    }

    private Optional<double[]> draw(Predicate<double[]> admits, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        for (int i = 0; i < MOST_DRAWN; i++) {
            double[] point = random.doubles(space.numParameters()).toArray();
            if (admits.test(point)) {
                return Optional.of(point);
            }
        }
        return Optional.empty();
    }

    /** Equal for scalings that round to the same network. */
    private record Network(ModelCost cost, int size) {
        static Network of(Choice choice) {
            return new Network(choice.cost(), choice.size());
        }
    }
}
