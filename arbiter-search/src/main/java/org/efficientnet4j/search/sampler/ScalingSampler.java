package org.efficientnet4j.search.sampler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.bayes.BayesianOptimizer;
import org.efficientnet4j.search.bayes.Observation;
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

    private final ScalingSpace space;
    private final CostLimits limits;
    private final OptionalDouble latencyBudget;
    private final long seed;
    private final boolean bayesian;
    private Function<? super CostedCoefficients, ?> evaluated = Network::of;

    private ScalingSampler(
            ScalingSpace space, CostLimits limits, OptionalDouble latencyBudget, long seed, boolean bayesian) {
        this.space = space;
        this.limits = limits;
        this.latencyBudget = latencyBudget;
        this.seed = seed;
        this.bayesian = bayesian;
    }

    /**
     * Proposes where improvement is expected and the constraints are likely to hold.
     *
     * @param limits on what is known beforehand
     * @param latencyBudget milliseconds, for a study whose trials measure {@link TrialOutcome#LATENCY_MILLIS}
     */
    public static ScalingSampler bayesian(
            ScalingSpace space, CostLimits limits, OptionalDouble latencyBudget, long seed) {
        return new ScalingSampler(space, limits, latencyBudget, seed, true);
    }

    /** Proposes points drawn evenly from the box's part within the limits. */
    public static ScalingSampler random(ScalingSpace space, CostLimits limits, long seed) {
        return new ScalingSampler(space, limits, OptionalDouble.empty(), seed, false);
    }

    /** Takes choices to be the same whose evaluated networks are; without, those of equal whole networks. */
    public ScalingSampler identifiedBy(Function<? super CostedCoefficients, ?> value) {
        evaluated = value;
        return this;
    }

    @Override
    public Optional<CostedCoefficients> propose(List<Tried<CostedCoefficients>> trials) {
        Map<Object, Tried<CostedCoefficients>> tried = new LinkedHashMap<>();
        for (Tried<CostedCoefficients> trial : trials) {
            tried.merge(
                    evaluated.apply(trial.choice()),
                    trial,
                    (one, other) -> one.score().isPresent() ? one : other);
        }
        Predicate<double[]> admits = point -> {
            CostedCoefficients scaling = space.at(point);
            return limits.admit(scaling.cost()) && !tried.containsKey(evaluated.apply(scaling));
        };
        Optional<double[]> point = bayesian
                ? optimizer(admits)
                        .propose(tried.values().stream().map(this::observation).toList())
                : draw(admits, trials.size());
        return point.map(space::at);
    }

    private BayesianOptimizer optimizer(Predicate<double[]> admits) {
        OptionalDouble limit = latencyBudget.isPresent()
                ? OptionalDouble.of(Math.log(latencyBudget.getAsDouble()))
                : OptionalDouble.empty();
        return new BayesianOptimizer(space.numParameters(), admits, limit, seed).noisy();
    }

    /** Latency enters as its logarithm, in which scaling is about linear. A failed trial counts as pending. */
    private Observation observation(Tried<CostedCoefficients> trial) {
        OptionalDouble latency = trial.latencyMillis();
        return new Observation(
                space.unit(trial.choice()),
                trial.score(),
                latency.isPresent() ? OptionalDouble.of(Math.log(latency.getAsDouble())) : OptionalDouble.empty());
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
