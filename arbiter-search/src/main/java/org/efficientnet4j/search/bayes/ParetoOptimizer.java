package org.efficientnet4j.search.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;

/**
 * Proposes points of the unit cube where the front of high score, low known cost and, where it is measured, low constraint
 * is expected to grow most. Scores are taken to be noisy: the front is that of the processes' means. The first points are
 * those of {@link BayesianOptimizer}. A proposal depends on the observations and the seed alone.
 */
public final class ParetoOptimizer {
    private static final int CANDIDATES = 600;
    private static final int AROUND_EACH = 20;
    private static final double DEVIATION = 0.05;
    private static final double BEYOND = 0.1;

    private final int dimensions;
    private final Predicate<double[]> admits;
    private final ToDoubleFunction<double[]> cost;
    private final long seed;

    /**
     * @param dimensions of the cube, at least 1
     * @param admits the constraints known in closed form
     * @param cost of a point, lower is better
     * @param seed of everything drawn
     */
    public ParetoOptimizer(int dimensions, Predicate<double[]> admits, ToDoubleFunction<double[]> cost, long seed) {
        this.dimensions = dimensions;
        this.admits = admits;
        this.cost = cost;
        this.seed = seed;
    }

    /**
     * The next point to try.
     *
     * @param observations everything tried so far, in order, pending points too
     * @return empty if no admitted point is found
     */
    public Optional<double[]> propose(List<Observation> observations) {
        List<Observation> scored =
                observations.stream().filter(one -> one.score().isPresent()).toList();
        if (observations.size() < BayesianOptimizer.firstPoints(dimensions) || scored.isEmpty()) {
            return new BayesianOptimizer(dimensions, admits, OptionalDouble.empty(), seed).propose(observations);
        }
        RandomGenerator random = new Well19937c(new int[] {(int) seed, (int) (seed >>> 32), observations.size()});
        boolean measured = scored.stream().allMatch(one -> one.constraint().isPresent());
        FittedProcess score = fit(scored, one -> one.score().getAsDouble(), random);
        Optional<FittedProcess> second =
                measured ? Optional.of(fit(scored, one -> -one.constraint().getAsDouble(), random)) : Optional.empty();
        // A pending point counts as reached with the means, so that proposals side by side differ.
        List<double[]> front = observations.stream()
                .map(one -> means(beliefs(one.point(), score, second)))
                .toList();
        Hypervolume volume = new Hypervolume(front, reference(front));
        double highest = 0;
        double[] best = null;
        for (double[] candidate : candidates(observations, random)) {
            double growth = volume.expectedImprovement(beliefs(candidate, score, second));
            if (best == null || growth > highest) {
                highest = growth;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static FittedProcess fit(
            List<Observation> observations, ToDoubleFunction<Observation> value, RandomGenerator random) {
        return FittedProcess.fit(
                observations.stream().map(Observation::point).toList(),
                observations.stream().mapToDouble(value).toArray(),
                random);
    }

    private Prediction[] beliefs(double[] point, FittedProcess score, Optional<FittedProcess> second) {
        Prediction known = new Prediction(-cost.applyAsDouble(point), 0);
        return second.isPresent()
                ? new Prediction[] {known, second.get().predict(point), score.predict(point)}
                : new Prediction[] {known, score.predict(point)};
    }

    private static double[] means(Prediction... beliefs) {
        double[] means = new double[beliefs.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = beliefs[i].mean();
        }
        return means;
    }

    /** The worst seen of each objective and a tenth of its range beyond, so that the front's ends count too. */
    private static double[] reference(List<double[]> points) {
        double[] reference = new double[points.get(0).length];
        for (int i = 0; i < reference.length; i++) {
            int place = i;
            double low =
                    points.stream().mapToDouble(point -> point[place]).min().orElseThrow();
            double high =
                    points.stream().mapToDouble(point -> point[place]).max().orElseThrow();
            reference[i] = low - BEYOND * Math.max(high - low, 1e-6);
        }
        return reference;
    }

    private List<double[]> candidates(List<Observation> observations, RandomGenerator random) {
        List<double[]> candidates = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            double[] point = new double[dimensions];
            for (int d = 0; d < dimensions; d++) {
                point[d] = random.nextDouble();
            }
            candidates.add(point);
        }
        for (Observation one : observations) {
            for (int i = 0; i < AROUND_EACH; i++) {
                double[] point = one.point();
                for (int d = 0; d < dimensions; d++) {
                    point[d] = Math.min(1, Math.max(0, point[d] + DEVIATION * random.nextGaussian()));
                }
                candidates.add(point);
            }
        }
        candidates.removeIf(admits.negate());
        return candidates;
    }
}
