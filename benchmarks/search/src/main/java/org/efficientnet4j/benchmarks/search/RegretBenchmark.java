package org.efficientnet4j.benchmarks.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.bayes.BayesianOptimizer;
import org.efficientnet4j.search.bayes.Observation;

/**
 * Compares searches on functions of known constrained minimum at equal numbers of trials. The constraint is measured with
 * the value, so no search knows it beforehand. Regret is how far the best admitted point lies above the minimum; a search
 * that found no admitted point is charged the worst value it met.
 *
 * @param trials of each search, at least 1
 * @param seeds repetitions, at least 1
 */
public record RegretBenchmark(int trials, int seeds) {
    /** @throws InvalidInputException for a number below 1 */
    public RegretBenchmark {
        if (trials < 1 || seeds < 1) {
            throw new InvalidInputException(
                    "A comparison needs at least 1 trial and 1 seed, found " + trials + " and " + seeds);
        }
    }

    /**
     * One function's result.
     *
     * @param function which one
     * @param bayesian mean regret of Bayesian optimisation over the seeds
     * @param random of uniformly drawn points
     * @param grid of the finest regular grid of at most so many points, once, as it has no seed
     */
    public record Row(String function, double bayesian, double random, double grid) {}

    /** The functions: Branin, Gardner's two, Hartmann-6. */
    public static List<ConstrainedFunction> functions() {
        return List.of(
                ConstrainedFunction.branin(),
                ConstrainedFunction.gardner1(),
                ConstrainedFunction.gardner2(),
                ConstrainedFunction.hartmann6());
    }

    /** Runs every search on a function. */
    public Row run(ConstrainedFunction function) {
        double bayesian = 0;
        double random = 0;
        for (int seed = 0; seed < seeds; seed++) {
            bayesian += regret(function, bayesian(function, seed)) / seeds;
            random += regret(function, random(function, seed)) / seeds;
        }
        return new Row(function.name(), bayesian, random, regret(function, grid(function)));
    }

    private List<double[]> bayesian(ConstrainedFunction function, long seed) {
        BayesianOptimizer optimizer =
                new BayesianOptimizer(function.dimensions(), point -> true, OptionalDouble.of(0), seed);
        List<Observation> observations = new ArrayList<>();
        List<double[]> tried = new ArrayList<>();
        while (tried.size() < trials) {
            double[] unit = optimizer.propose(observations).orElseThrow();
            double[] point = function.scale(unit);
            tried.add(point);
            observations.add(new Observation(
                    unit,
                    OptionalDouble.of(-function.value().applyAsDouble(point)),
                    OptionalDouble.of(function.constraint().applyAsDouble(point))));
        }
        return tried;
    }

    private List<double[]> random(ConstrainedFunction function, long seed) {
        Random random = new Random(seed);
        List<double[]> tried = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            tried.add(function.scale(random.doubles(function.dimensions()).toArray()));
        }
        return tried;
    }

    private List<double[]> grid(ConstrainedFunction function) {
        int side = (int) Math.floor(Math.pow(trials, 1.0 / function.dimensions()) + 1e-9);
        int points = (int) Math.round(Math.pow(side, function.dimensions()));
        List<double[]> tried = new ArrayList<>();
        for (int index = 0; index < points; index++) {
            double[] unit = new double[function.dimensions()];
            int rest = index;
            for (int d = 0; d < unit.length; d++) {
                unit[d] = (rest % side + 0.5) / side;
                rest /= side;
            }
            tried.add(function.scale(unit));
        }
        return tried;
    }

    private static double regret(ConstrainedFunction function, List<double[]> tried) {
        OptionalDouble admitted = tried.stream()
                .filter(point -> function.constraint().applyAsDouble(point) <= 0)
                .mapToDouble(function.value())
                .min();
        double worst = tried.stream().mapToDouble(function.value()).max().orElseThrow();
        return admitted.orElse(worst) - function.minimum();
    }
}
