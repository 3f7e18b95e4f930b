package org.efficientnet4j.benchmarks.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.bayes.BayesianOptimizer;
import org.efficientnet4j.search.bayes.Observation;
import org.hipparchus.stat.StatUtils;

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
     * @param bayesianError the standard error of that mean
     * @param random of uniformly drawn points
     * @param grid of the finest regular grid of at most so many points, once where values have no noise
     */
    public record Row(String function, double bayesian, double bayesianError, double random, double grid) {}

    /** A point and its value as measured. */
    @SuppressWarnings("ArrayRecordComponent") // made and read here
    private record Tried(double[] point, double measured) {}

    /** The functions, two of them measured with noise as well. */
    public static List<ConstrainedFunction> functions() {
        return List.of(
                ConstrainedFunction.branin(),
                ConstrainedFunction.gardner1(),
                ConstrainedFunction.gardner2(),
                ConstrainedFunction.hartmann6(),
                ConstrainedFunction.rosenbrock(),
                ConstrainedFunction.townsend(),
                ConstrainedFunction.pressureVessel(),
                ConstrainedFunction.branin().withNoise(5),
                ConstrainedFunction.gardner1().withNoise(0.2));
    }

    /** Runs every search on a function. */
    public Row run(ConstrainedFunction function) {
        double[] bayesian = new double[seeds];
        double random = 0;
        double grid = 0;
        for (int seed = 0; seed < seeds; seed++) {
            bayesian[seed] = bayesian(function, seed);
            random += regret(function, measured(function, random(function, seed), seed)) / seeds;
            grid += regret(function, measured(function, grid(function), seed)) / seeds;
        }
        return new Row(
                function.name(),
                StatUtils.mean(bayesian),
                seeds == 1 ? 0 : Math.sqrt(StatUtils.variance(bayesian) / seeds),
                random,
                grid);
    }

    /** The regret of the point that the search recommends: under noise the one of the highest posterior mean. */
    private double bayesian(ConstrainedFunction function, long seed) {
        BayesianOptimizer optimizer =
                new BayesianOptimizer(function.dimensions(), point -> true, OptionalDouble.of(0), seed);
        if (function.noise() > 0) {
            optimizer.noisy();
        }
        Random noise = new Random(seed);
        List<Observation> observations = new ArrayList<>();
        List<Tried> tried = new ArrayList<>();
        while (tried.size() < trials) {
            double[] unit = optimizer.propose(observations).orElseThrow();
            Tried one = measure(function, function.scale(unit), noise);
            tried.add(one);
            observations.add(new Observation(
                    unit,
                    OptionalDouble.of(-one.measured()),
                    OptionalDouble.of(function.constraint().applyAsDouble(one.point()))));
        }
        OptionalInt best = optimizer.best(observations);
        return best.isEmpty()
                ? regret(function, tried)
                : function.value().applyAsDouble(tried.get(best.getAsInt()).point()) - function.minimum();
    }

    private static Tried measure(ConstrainedFunction function, double[] point, Random noise) {
        double exact = function.value().applyAsDouble(point);
        return new Tried(point, function.noise() == 0 ? exact : exact + function.noise() * noise.nextGaussian());
    }

    private static List<Tried> measured(ConstrainedFunction function, List<double[]> points, long seed) {
        Random noise = new Random(seed);
        return points.stream().map(point -> measure(function, point, noise)).toList();
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

    /** Regret of the admitted point measured lowest; without one, of the worst point met. */
    private static double regret(ConstrainedFunction function, List<Tried> tried) {
        double reached = tried.stream()
                .filter(one -> function.constraint().applyAsDouble(one.point()) <= 0)
                .min(Comparator.comparingDouble(Tried::measured))
                .map(one -> function.value().applyAsDouble(one.point()))
                .orElseGet(() -> tried.stream()
                        .mapToDouble(one -> function.value().applyAsDouble(one.point()))
                        .max()
                        .orElseThrow());
        return reached - function.minimum();
    }
}
