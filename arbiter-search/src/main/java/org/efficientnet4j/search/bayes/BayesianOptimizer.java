package org.efficientnet4j.search.bayes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.SobolSequenceGenerator;
import org.hipparchus.random.Well19937c;

/**
 * Proposes points of the unit cube that maximise a score under constraints. The first points are a shifted Sobol sequence;
 * later ones maximise the {@link Acquisition} over many candidates, refined around the best. Points that are being tried
 * count as tried with the mean score so far (the constant liar), so that points proposed side by side differ. A proposal
 * depends on the observations and the seed alone.
 *
 * <p>Where scores are noisy, the best measured one is in part luck: {@link #noisy} compares with the highest posterior mean
 * instead, and lowers what is expected of a point by how much of its measurement would be noise (augmented expected
 * improvement; Huang et al., Global Optimization of Stochastic Black-Box Systems (2006), equations 11 and 12).
 */
public final class BayesianOptimizer {
    private static final int CANDIDATES = 1000;
    private static final int AROUND_EACH = 50;
    private static final int BEST_POINTS = 5;
    private static final int REFINEMENTS = 6;
    private static final int FIRST_LEAST = 4;
    private static final double SAME = 1e-9;
    private static final int MOST_SEARCHED = 200_000;

    private final int dimensions;
    private final Predicate<double[]> admits;
    private final OptionalDouble limit;
    private final long seed;
    private boolean noisy;

    /**
     * @param dimensions of the cube, at least 1
     * @param admits the constraints known in closed form; only points that pass are proposed
     * @param limit the largest admitted value of a constraint that is measured with the score, where there is one
     * @param seed of everything drawn
     * @throws InvalidInputException for no dimensions
     */
    public BayesianOptimizer(int dimensions, Predicate<double[]> admits, OptionalDouble limit, long seed) {
        if (dimensions < 1) {
            throw new InvalidInputException("There must be at least 1 dimension to search, found " + dimensions);
        }
        this.dimensions = dimensions;
        this.admits = admits;
        this.limit = limit;
        this.seed = seed;
    }

    /** Takes scores to be measured with noise. */
    public BayesianOptimizer noisy() {
        noisy = true;
        return this;
    }

    /**
     * The observed point to choose in the end: among those that keep the constraint the one of the highest score or, where
     * scores are noisy, of the highest posterior mean.
     *
     * @return its place among the observations; empty where none keeps the constraint
     */
    public OptionalInt best(List<Observation> observations) {
        List<Observation> scored =
                observations.stream().filter(one -> one.score().isPresent()).toList();
        boolean modelled = noisy && scored.size() > dimensions;
        Optional<FittedProcess> process = modelled ? Optional.of(score(scored, random(scored))) : Optional.empty();
        return IntStream.range(0, observations.size())
                .filter(i -> observations.get(i).score().isPresent()
                        && observations.get(i).keeps(limit.orElse(Double.POSITIVE_INFINITY)))
                .boxed()
                .max(Comparator.comparingDouble(i -> process.map(model ->
                                model.predict(observations.get(i).point()).mean())
                        .orElseGet(() -> observations.get(i).score().getAsDouble())))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** The number of points tried before the first model: two more than twice the dimensions, at least 4. */
    public static int firstPoints(int dimensions) {
        return Math.max(FIRST_LEAST, 2 * dimensions + 2);
    }

    /**
     * The next point to try.
     *
     * @param observations everything tried so far, in order, pending points too
     * @return empty if no admitted point is found
     */
    public Optional<double[]> propose(List<Observation> observations) {
        RandomGenerator random = random(observations);
        boolean anyScore = observations.stream().anyMatch(one -> one.score().isPresent());
        if (observations.size() < firstPoints(dimensions) || !anyScore) {
            List<double[]> spread = spread(observations.size() + 1, new Well19937c(seed));
            return spread.stream()
                    .filter(point -> observations.stream().noneMatch(one -> isAt(one.point(), point)))
                    .findFirst();
        }
        Acquisition acquisition = model(observations, random);
        List<double[]> candidates = spread(CANDIDATES, random);
        observations.stream()
                .filter(one -> one.score().isPresent())
                .sorted(Comparator.comparingDouble((Observation one) -> -acquisitionOrder(one)))
                .limit(BEST_POINTS)
                .forEach(one -> {
                    addAround(one.point(), 0.1, candidates, random);
                    addAround(one.point(), 0.02, candidates, random);
                });
        return best(candidates, acquisition, random);
    }

    /**
     * The next measurement: of a new point or, where scores are noisy and no admitted new point is left, of the one
     * already measured at which it is expected to raise the highest posterior mean most. While new points are left,
     * neighbours tell of each other through the process, and repeating any costs more than it tells.
     *
     * @param mayRepeat tells whether an observation's point may be measured again, by the observation's place
     * @return empty if no admitted point is left and none may be measured again
     */
    public Optional<Measurement> measure(List<Observation> observations, IntPredicate mayRepeat) {
        Optional<double[]> fresh = propose(observations);
        boolean anyScore = observations.stream().anyMatch(one -> one.score().isPresent());
        if (fresh.isPresent() || !noisy || !anyScore) {
            return fresh.map(Measurement::of);
        }
        Worth worth = Worth.of(model(observations, random(observations)), observations);
        return IntStream.range(0, observations.size())
                .filter(i -> observations.get(i).score().isPresent() && mayRepeat.test(i))
                .boxed()
                .max(Comparator.comparingDouble(
                        i -> worth.at(observations.get(i).point())))
                .map(i -> new Measurement(observations.get(i).point(), OptionalInt.of(i)));
    }

    /** The score's process after the observations; empty while there are fewer than the first points. */
    public Optional<FittedProcess> posterior(List<Observation> observations) {
        List<Observation> scored =
                observations.stream().filter(one -> one.score().isPresent()).toList();
        return scored.size() < firstPoints(dimensions) ? Optional.empty() : Optional.of(score(scored, random(scored)));
    }

    private RandomGenerator random(List<Observation> observations) {
        return new Well19937c(new int[] {(int) seed, (int) (seed >>> 32), observations.size()});
    }

    /** True for a point that came back from a study, where coefficients were rounded. */
    private static boolean isAt(double[] observed, double[] point) {
        for (int d = 0; d < point.length; d++) {
            if (Math.abs(observed[d] - point[d]) > SAME) {
                return false;
            }
        }
        return true;
    }

    private double acquisitionOrder(Observation one) {
        boolean feasible = limit.isEmpty() || one.keeps(limit.getAsDouble());
        return feasible ? one.score().getAsDouble() : Double.NEGATIVE_INFINITY;
    }

    private Acquisition model(List<Observation> observations, RandomGenerator random) {
        FittedProcess score = score(observations, random);
        OptionalDouble best = observations.stream()
                .filter(one -> one.score().isPresent() && one.keeps(limit.orElse(Double.POSITIVE_INFINITY)))
                .mapToDouble(one ->
                        noisy ? score.predict(one.point()).mean() : one.score().getAsDouble())
                .max();
        return new Acquisition(
                score,
                best,
                constraint(observations, random),
                limit.orElse(Double.POSITIVE_INFINITY),
                noisy ? score.noise() : 0);
    }

    private static FittedProcess score(List<Observation> observations, RandomGenerator random) {
        double mean = observations.stream()
                .filter(one -> one.score().isPresent())
                .mapToDouble(one -> one.score().getAsDouble())
                .average()
                .orElseThrow();
        return FittedProcess.fit(
                observations.stream().map(Observation::point).toList(),
                observations.stream()
                        .mapToDouble(one -> one.score().orElse(mean))
                        .toArray(),
                random);
    }

    private Optional<FittedProcess> constraint(List<Observation> observations, RandomGenerator random) {
        List<Observation> measured = observations.stream()
                .filter(one -> one.constraint().isPresent())
                .toList();
        if (limit.isEmpty() || measured.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(FittedProcess.fit(
                measured.stream().map(Observation::point).toList(),
                measured.stream()
                        .mapToDouble(one -> one.constraint().getAsDouble())
                        .toArray(),
                random));
    }

    /** Admitted points that fill the cube evenly, at most so many: a Sobol sequence, shifted by chance. */
    private List<double[]> spread(int wanted, RandomGenerator random) {
        SobolSequenceGenerator sobol = new SobolSequenceGenerator(dimensions);
        double[] shift = point(random);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < MOST_SEARCHED && points.size() < wanted; i++) {
            double[] point = sobol.nextVector();
            for (int d = 0; d < dimensions; d++) {
                point[d] = (point[d] + shift[d]) % 1;
            }
            if (admits.test(point)) {
                points.add(point);
            }
        }
        return points;
    }

    private double[] point(RandomGenerator random) {
        double[] point = new double[dimensions];
        for (int d = 0; d < dimensions; d++) {
            point[d] = random.nextDouble();
        }
        return point;
    }

    private void addAround(double[] centre, double deviation, List<double[]> candidates, RandomGenerator random) {
        for (int i = 0; i < AROUND_EACH; i++) {
            double[] point = centre.clone();
            for (int d = 0; d < dimensions; d++) {
                point[d] = Math.min(1, Math.max(0, point[d] + deviation * random.nextGaussian()));
            }
            if (admits.test(point)) {
                candidates.add(point);
            }
        }
    }

    private Optional<double[]> best(List<double[]> candidates, Acquisition acquisition, RandomGenerator random) {
        List<double[]> round = candidates;
        double[] best = null;
        double highest = Double.NEGATIVE_INFINITY;
        double deviation = 0.05;
        for (int refinement = 0; refinement <= REFINEMENTS; refinement++) {
            for (double[] candidate : round) {
                double value = acquisition.at(candidate);
                if (value > highest) {
                    highest = value;
                    best = candidate;
                }
            }
            if (best == null) {
                return Optional.empty();
            }
            round = new ArrayList<>();
            addAround(best, deviation, round, random);
            deviation /= 2;
        }
        return Optional.of(best);
    }
}
