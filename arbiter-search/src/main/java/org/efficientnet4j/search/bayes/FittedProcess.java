package org.efficientnet4j.search.bayes;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.stat.StatUtils;

/**
 * A Gaussian process whose kernel is the one of highest marginal likelihood found from several starts, on values brought
 * to mean 0 and variance 1.
 *
 * <p>Source: Snoek et al., Practical Bayesian Optimization (arXiv 1206.2944), section 3.2.
 */
public final class FittedProcess {
    private static final int RESTARTS = 2;

    private final GaussianProcess process;
    private final double mean;
    private final double deviation;

    private FittedProcess(GaussianProcess process, double mean, double deviation) {
        this.process = process;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Fits a process.
     *
     * @param points in the unit cube, at least one
     * @param values one a point
     * @param random draws the starts
     */
    public static FittedProcess fit(List<double[]> points, double[] values, RandomGenerator random) {
        double mean = StatUtils.mean(values);
        double spread = values.length < 2 ? 0 : Math.sqrt(StatUtils.variance(values));
        double scale = spread > 0 ? spread : 1;
        double[] standard =
                Arrays.stream(values).map(value -> (value - mean) / scale).toArray();
        return new FittedProcess(new KernelFit(points, standard).run(RESTARTS, random), mean, scale);
    }

    /** The process over standardised values. */
    public GaussianProcess process() {
        return process;
    }

    /** The standard deviation of a measurement, in the observations' units. */
    public double noise() {
        return deviation * Math.sqrt(process.kernel().noise());
    }

    /** The value to expect at a point, in the observations' units. */
    public Prediction predict(double[] point) {
        Prediction standard = process.predict(point);
        return new Prediction(mean + deviation * standard.mean(), deviation * standard.deviation());
    }
}
