package org.efficientnet4j.search.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.junit.jupiter.api.Test;

class BayesianOptimizerTest {
    /** Known closed forms: at the best value itself, deviation s gives s / sqrt(2 pi); without doubt only the gain. */
    @Test
    void expectedImprovementHasItsClosedForm() {
        assertEquals(2 / Math.sqrt(2 * Math.PI), Acquisition.improvement(new Prediction(5, 2), 5), 1e-12);
        assertEquals(0.25, Acquisition.improvement(new Prediction(5.25, 0), 5));
        assertEquals(0, Acquisition.improvement(new Prediction(4, 0), 5));
    }

    @Test
    void proposesOnlyWhatTheKnownConstraintAdmits() {
        BayesianOptimizer optimizer =
                new BayesianOptimizer(2, point -> point[0] + point[1] <= 0.5, OptionalDouble.empty(), 3);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double[] point = optimizer.propose(observations).orElseThrow();
            assertTrue(point[0] + point[1] <= 0.5);
            observations.add(
                    new Observation(point, OptionalDouble.of(point[0] + 2 * point[1]), OptionalDouble.empty()));
        }
        double best = observations.stream()
                .mapToDouble(one -> one.score().getAsDouble())
                .max()
                .orElseThrow();
        assertEquals(1, best, 0.05, "the corner (0, 0.5)");
    }

    /** A sampler's predicate refuses what was tried; that must not cost the points behind it. */
    @Test
    void theFirstPointsAreTheSobolSequenceWithoutGaps() {
        BayesianOptimizer free = new BayesianOptimizer(2, point -> true, OptionalDouble.empty(), 9);
        List<Observation> observations = new ArrayList<>();
        BayesianOptimizer excluding = new BayesianOptimizer(
                2,
                point -> observations.stream().noneMatch(one -> Arrays.equals(one.point(), point)),
                OptionalDouble.empty(),
                9);
        for (int i = 0; i < BayesianOptimizer.firstPoints(2); i++) {
            double[] point = excluding.propose(observations).orElseThrow();
            assertArrayEquals(free.propose(observations).orElseThrow(), point);
            observations.add(new Observation(point, OptionalDouble.of(i), OptionalDouble.empty()));
        }
    }

    @Test
    void aProposalDependsOnTheObservationsAndTheSeedAlone() {
        BayesianOptimizer one = new BayesianOptimizer(1, point -> true, OptionalDouble.empty(), 5);
        BayesianOptimizer two = new BayesianOptimizer(1, point -> true, OptionalDouble.empty(), 5);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] point = one.propose(observations).orElseThrow();
            assertArrayEquals(point, two.propose(observations).orElseThrow());
            observations.add(new Observation(point, OptionalDouble.of(-point[0]), OptionalDouble.empty()));
        }
    }

    @Test
    void pendingPointsAreNotProposedAgain() {
        BayesianOptimizer optimizer = new BayesianOptimizer(1, point -> true, OptionalDouble.empty(), 5);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] point = optimizer.propose(observations).orElseThrow();
            observations.add(
                    new Observation(point, OptionalDouble.of(-Math.pow(point[0] - 0.3, 2)), OptionalDouble.empty()));
        }
        double[] first = optimizer.propose(observations).orElseThrow();
        observations.add(new Observation(first, OptionalDouble.empty(), OptionalDouble.empty()));
        double[] second = optimizer.propose(observations).orElseThrow();
        assertTrue(Math.abs(first[0] - second[0]) > 1e-3, first[0] + " and " + second[0]);
    }

    @Test
    void nothingIsProposedWhereNothingIsAdmitted() {
        assertTrue(new BayesianOptimizer(1, point -> false, OptionalDouble.empty(), 5)
                .propose(List.of())
                .isEmpty());
    }

    /** Six networks .02 apart, measured with noise of .05: 24 measurements of leaders name the best more often than six. */
    @Test
    void measuringLeadersAgainNamesTheBestMoreOften() {
        int once = 0;
        int again = 0;
        for (int seed = 0; seed < 30; seed++) {
            once += named(seed, 6) == 3 ? 1 : 0;
            again += named(seed, 24) == 3 ? 1 : 0;
        }
        assertTrue(again > once + 3, again + " of 30 against " + once);
    }

    private static int named(int seed, int measurements) {
        double[] truths = {0.46, 0.48, 0.5, 0.54, 0.52, 0.44};
        Random noise = new Random(seed);
        List<Observation> observations = new ArrayList<>();
        BayesianOptimizer optimizer = new BayesianOptimizer(
                        1,
                        point -> observations.stream().noneMatch(one -> place(one.point()) == place(point)),
                        OptionalDouble.empty(),
                        seed)
                .noisy();
        while (observations.size() < measurements) {
            Optional<Measurement> next = optimizer.measure(observations, i -> true);
            double[] point = next.orElseThrow().point();
            observations.add(new Observation(
                    point,
                    OptionalDouble.of(truths[place(point)] + 0.05 * noise.nextGaussian()),
                    OptionalDouble.empty()));
        }
        return place(
                observations.get(optimizer.best(observations).orElseThrow()).point());
    }

    private static int place(double[] point) {
        return (int) Math.min(5, Math.floor(6 * point[0]));
    }
}
