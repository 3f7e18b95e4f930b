package org.efficientnet4j.search.bayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.hipparchus.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Numbers by hand, and scikit-learn's from src/test/python/gaussian_process.py. */
class GaussianProcessTest {
    private static JsonNode scikitLearn() throws IOException {
        try (InputStream file = GaussianProcessTest.class.getResourceAsStream("/gaussian-process.json")) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static double[] doubles(JsonNode list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asDouble();
        }
        return values;
    }

    private static List<double[]> points(JsonNode lists) {
        List<double[]> points = new ArrayList<>();
        lists.forEach(point -> points.add(doubles(point)));
        return points;
    }

    /** Equation 4.17 at distance 1: (1 + sqrt 5 + 5/3) exp(-sqrt 5). */
    @Test
    void theKernelIsMatern52() {
        Matern52 kernel = new Matern52(2, new double[] {1, 3}, 0);
        double root = Math.sqrt(5);
        double expected = 2 * (1 + root + 5.0 / 3) * Math.exp(-root);
        assertEquals(expected, kernel.covariance(new double[] {0, 0}, new double[] {1, 0}), 1e-15);
        assertEquals(expected, kernel.covariance(new double[] {0, 0}, new double[] {0, 3}), 1e-15);
        assertEquals(2, kernel.covariance(new double[] {1, 1}, new double[] {1, 1}));
    }

    /** One observation y with noise s of a function of variance v: mean k/(v+s) y, variance v - k^2/(v+s). */
    @Test
    void oneObservationHasAClosedForm() {
        Matern52 kernel = new Matern52(2, new double[] {0.5}, 0.5);
        GaussianProcess process = new GaussianProcess(kernel, List.of(new double[] {0.2}), new double[] {3});
        double covariance = kernel.covariance(new double[] {0.2}, new double[] {0.6});
        Prediction prediction = process.predict(new double[] {0.6});
        assertEquals(covariance / 2.5 * 3, prediction.mean(), 1e-8);
        assertEquals(Math.sqrt(2 - covariance * covariance / 2.5), prediction.deviation(), 1e-8);
        assertEquals(
                -0.5 * 9 / 2.5 - 0.5 * Math.log(2.5) - 0.5 * Math.log(2 * Math.PI),
                process.logMarginalLikelihood(),
                1e-8);
    }

    @Test
    void predictsWhatScikitLearnPredicts() throws IOException {
        JsonNode expected = scikitLearn();
        Matern52 kernel = new Matern52(
                expected.get("variance").asDouble(),
                doubles(expected.get("lengthScales")),
                expected.get("noise").asDouble());
        GaussianProcess process =
                new GaussianProcess(kernel, points(expected.get("points")), doubles(expected.get("values")));
        assertEquals(expected.get("logMarginalLikelihood").asDouble(), process.logMarginalLikelihood(), 1e-7);
        List<double[]> queries = points(expected.get("queries"));
        for (int i = 0; i < queries.size(); i++) {
            Prediction prediction = process.predict(queries.get(i));
            assertEquals(expected.get("mean").get(i).asDouble(), prediction.mean(), 1e-7);
            assertEquals(expected.get("deviation").get(i).asDouble(), prediction.deviation(), 1e-6);
        }
    }

    /** Against central differences. */
    @Test
    void theLikelihoodsSlopesAreItsSlopes() throws IOException {
        List<double[]> points = points(scikitLearn().get("points"));
        double[] values = doubles(scikitLearn().get("values"));
        double[] logarithms = {Math.log(0.4), Math.log(0.9), Math.log(2.5), Math.log(1.7), Math.log(0.02)};
        double[] slopes = process(logarithms, points, values).likelihoodSlopes();
        for (int i = 0; i < slopes.length; i++) {
            double[] above = logarithms.clone();
            double[] below = logarithms.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            double expected = (process(above, points, values).logMarginalLikelihood()
                            - process(below, points, values).logMarginalLikelihood())
                    / 2e-5;
            assertEquals(expected, slopes[i], 1e-5);
        }
    }

    private static GaussianProcess process(double[] logarithms, List<double[]> points, double[] values) {
        double[] scales = {Math.exp(logarithms[0]), Math.exp(logarithms[1]), Math.exp(logarithms[2])};
        return new GaussianProcess(
                new Matern52(Math.exp(logarithms[3]), scales, Math.exp(logarithms[4])), points, values);
    }

    @Test
    void fitsAsWellAsScikitLearnWithFiftyRestarts() throws IOException {
        JsonNode expected = scikitLearn();
        FittedProcess fitted =
                FittedProcess.fit(points(expected.get("points")), doubles(expected.get("values")), new Well19937c(1));
        double highest = expected.get("highestLogMarginalLikelihood").asDouble();
        assertEquals(highest, fitted.process().logMarginalLikelihood(), 0.05);
    }

    @Test
    void aFittedProcessSpeaksTheObservationsUnits() {
        List<double[]> points = List.of(new double[] {0}, new double[] {0.5}, new double[] {1});
        FittedProcess fitted = FittedProcess.fit(points, new double[] {100, 110, 120}, new Well19937c(1));
        assertEquals(110, fitted.predict(new double[] {0.5}).mean(), 1);
        assertTrue(fitted.predict(new double[] {0.25}).deviation() < 10);
    }

    @Test
    void refusesNoPointsAndBadKernels() {
        Matern52 kernel = new Matern52(1, new double[] {1}, 0);
        assertThrows(InvalidInputException.class, () -> new GaussianProcess(kernel, List.of(), new double[0]));
        assertThrows(InvalidInputException.class, () -> new Matern52(1, new double[] {0}, 0));
        assertThrows(InvalidInputException.class, () -> new Matern52(Double.NaN, new double[] {1}, 0));
    }
}
