package org.efficientnet4j.search.sampler;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.bayes.BayesianOptimizer;
import org.efficientnet4j.search.bayes.Observation;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.ScalingBox;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;

/**
 * Proposes scalings out of a box within limits on cost, by Bayesian optimisation or by chance. Many points of the box
 * round to the same network; none is proposed twice.
 */
public final class ScalingSampler implements Sampler {
    private static final int MOST_DRAWN = 100_000;

    private final ScalingBox box;
    private final CostLimits limits;
    private final OptionalDouble latencyBudget;
    private final long seed;
    private final boolean bayesian;

    private ScalingSampler(
            ScalingBox box, CostLimits limits, OptionalDouble latencyBudget, long seed, boolean bayesian) {
        this.box = box;
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
    public static ScalingSampler bayesian(ScalingBox box, CostLimits limits, OptionalDouble latencyBudget, long seed) {
        return new ScalingSampler(box, limits, latencyBudget, seed, true);
    }

    /** Proposes points drawn evenly from the box's part within the limits. */
    public static ScalingSampler random(ScalingBox box, CostLimits limits, long seed) {
        return new ScalingSampler(box, limits, OptionalDouble.empty(), seed, false);
    }

    @Override
    public Optional<? extends Choice> propose(List<Trial> trials) {
        Set<Network> tried = new HashSet<>();
        trials.forEach(trial -> tried.add(Network.of(trial.choice())));
        Predicate<double[]> admits = point -> {
            CostedCoefficients scaling = box.at(point);
            return limits.admit(scaling.cost()) && !tried.contains(Network.of(scaling));
        };
        Optional<double[]> point = bayesian
                ? optimizer(admits)
                        .propose(trials.stream().map(this::observation).toList())
                : draw(admits, trials.size());
        return point.map(box::at);
    }

    private BayesianOptimizer optimizer(Predicate<double[]> admits) {
        OptionalDouble limit = latencyBudget.isPresent()
                ? OptionalDouble.of(Math.log(latencyBudget.getAsDouble()))
                : OptionalDouble.empty();
        return new BayesianOptimizer(box.numParameters(), admits, limit, seed);
    }

    /** Latency enters as its logarithm, in which scaling is about linear. A failed trial counts as pending. */
    private Observation observation(Trial trial) {
        OptionalDouble latency = trial.measure(TrialOutcome.LATENCY_MILLIS);
        return new Observation(
                box.unit((CostedCoefficients) trial.choice()),
                trial.state() == TrialState.FAILED ? OptionalDouble.empty() : trial.score(),
                latency.isPresent() ? OptionalDouble.of(Math.log(latency.getAsDouble())) : OptionalDouble.empty());
    }

    private Optional<double[]> draw(Predicate<double[]> admits, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        for (int i = 0; i < MOST_DRAWN; i++) {
            double[] point = random.doubles(box.numParameters()).toArray();
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
