package org.efficientnet4j.search.bayes;

import java.util.Arrays;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The Matern kernel of smoothness 5/2 with a length scale for each dimension, and observation noise.
 *
 * <p>Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, equation 4.17; Snoek et al. (arXiv
 * 1206.2944) section 3.2.
 *
 * @param variance the function's variance, above 0
 * @param lengthScales one a dimension, above 0
 * @param noise the noise's variance, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Matern52(double variance, double[] lengthScales, double noise) {
    private static final double SQRT5 = Math.sqrt(5);

    /** @throws InvalidInputException for a value outside its range */
    public Matern52 {
        lengthScales = lengthScales.clone();
        boolean sound = variance > 0 && noise >= 0 && lengthScales.length > 0;
        for (double scale : lengthScales) {
            sound &= scale > 0;
        }
        if (!sound) {
            throw new InvalidInputException("A kernel needs a positive variance, positive length scales and noise of at"
                    + " least 0, found " + variance + ", " + Arrays.toString(lengthScales) + " and " + noise);
        }
    }

    @Override
    public double[] lengthScales() {
        return lengthScales.clone();
    }

    /** The covariance of the function's values at two points, without noise. */
    public double covariance(double[] a, double[] b) {
        double squares = 0;
        for (int i = 0; i < lengthScales.length; i++) {
            double distance = (a[i] - b[i]) / lengthScales[i];
            squares += distance * distance;
        }
        double scaled = SQRT5 * Math.sqrt(squares);
        return variance * (1 + scaled + scaled * scaled / 3) * Math.exp(-scaled);
    }

    /**
     * How the covariance of two points changes with the logarithms of length scales, variance and noise, in this order.
     *
     * @param same whether both are one observation, which has noise
     */
    double[] slopes(double[] a, double[] b, boolean same) {
        int dimensions = lengthScales.length;
        double[] slopes = new double[dimensions + 2];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            double distance = (a[i] - b[i]) / lengthScales[i];
            slopes[i] = distance * distance;
            squares += slopes[i];
        }
        double scaled = SQRT5 * Math.sqrt(squares);
        double decay = variance * Math.exp(-scaled);
        for (int i = 0; i < dimensions; i++) {
            slopes[i] *= decay * 5 / 3 * (1 + scaled);
        }
        slopes[dimensions] = decay * (1 + scaled + scaled * scaled / 3);
        slopes[dimensions + 1] = same ? noise : 0;
        return slopes;
    }
}
