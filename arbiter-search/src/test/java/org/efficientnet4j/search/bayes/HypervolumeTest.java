package org.efficientnet4j.search.bayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypervolumeTest {
    private static final List<double[]> FRONT =
            List.of(new double[] {1, 3}, new double[] {2, 2}, new double[] {3, 1}, new double[] {1, 1});
    private static final double[] ORIGIN = {0, 0};

    private static Prediction known(double value) {
        return new Prediction(value, 0);
    }

    /** The staircase (1, 3), (2, 2), (3, 1) covers 6: the areas that a known point adds, counted by hand. */
    @ParameterizedTest
    @CsvSource({"1.5, 2.5, 0.25", "4, 4, 10", "2, 2, 0", "3, 2, 1", "0.5, 5, 1", "-1, 9, 0"})
    void aKnownPointAddsTheAreaCountedByHand(double x, double y, double area) {
        assertEquals(area, new Hypervolume(FRONT, ORIGIN).expectedImprovement(known(x), known(y)), 1e-12);
    }

    /** One objective is the usual expected improvement: phi(0) = .398942; without a front, improvements multiply. */
    @Test
    void oneObjectiveAndNoFrontHaveClosedForms() {
        Prediction standard = new Prediction(0, 1);
        assertEquals(0.398942280, new Hypervolume(List.of(), new double[] {0}).expectedImprovement(standard), 1e-8);
        assertEquals(
                0.398942280 * 0.398942280,
                new Hypervolume(List.of(), ORIGIN).expectedImprovement(standard, standard),
                1e-8);
        assertThrows(InvalidInputException.class, () -> new Hypervolume(List.of(), new double[4]));
    }

    /** Against the mean of drawn points' areas, which are counted on a fine raster. */
    @Test
    void theExpectationIsThatOfDrawnPoints() {
        Prediction[] beliefs = {new Prediction(2, 0.7), new Prediction(2.2, 0.5)};
        double expected = new Hypervolume(FRONT, ORIGIN).expectedImprovement(beliefs);
        assertEquals(drawn(beliefs, FRONT, 100_000), expected, 0.01);
    }

    @Test
    void threeObjectivesAreThoseOfDrawnPointsToo() {
        List<double[]> front = List.of(new double[] {1, 2, 1}, new double[] {2, 1, 1}, new double[] {1, 1, 2});
        Prediction[] beliefs = {new Prediction(1.5, 0.5), new Prediction(1.4, 0), new Prediction(1.2, 0.8)};
        double expected = new Hypervolume(front, new double[] {0, 0, 0}).expectedImprovement(beliefs);
        assertEquals(drawn(beliefs, front, 100_000), expected, 0.02);
    }

    /** The volume of each drawn point's box outside the front's boxes, by inclusion and exclusion. */
    private static double drawn(Prediction[] beliefs, List<double[]> front, int draws) {
        Random random = new Random(3);
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            double[] point = new double[beliefs.length];
            for (int d = 0; d < point.length; d++) {
                point[d] = beliefs[d].mean() + beliefs[d].deviation() * random.nextGaussian();
            }
            for (int subset = 0; subset < 1 << front.size(); subset++) {
                double[] corner = point.clone();
                for (int member = 0; member < front.size(); member++) {
                    for (int d = 0; (subset >> member & 1) == 1 && d < corner.length; d++) {
                        corner[d] = Math.min(corner[d], front.get(member)[d]);
                    }
                }
                double volume = 1;
                for (double side : corner) {
                    volume *= Math.max(0, side);
                }
                sum += Integer.bitCount(subset) % 2 == 0 ? volume : -volume;
            }
        }
        return sum / draws;
    }

    /** Score sqrt(x) at cost x: every x is on the front, so that proposals spread over it. */
    @Test
    void proposalsSpreadOverTheFront() {
        ParetoOptimizer optimizer = new ParetoOptimizer(1, point -> true, point -> point[0], 7);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Optional<double[]> point = optimizer.propose(observations);
            assertEquals(point.orElseThrow()[0], optimizer.propose(observations).orElseThrow()[0]);
            observations.add(
                    new Observation(point.get(), OptionalDouble.of(Math.sqrt(point.get()[0])), OptionalDouble.empty()));
        }
        double[] places = observations.stream()
                .mapToDouble(one -> one.point()[0])
                .sorted()
                .toArray();
        double widest = Math.max(places[0], 1 - places[11]);
        for (int i = 1; i < places.length; i++) {
            widest = Math.max(widest, places[i] - places[i - 1]);
        }
        assertTrue(widest < 0.25, "widest gap " + widest);
    }
}
