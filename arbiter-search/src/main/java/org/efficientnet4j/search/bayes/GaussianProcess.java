package org.efficientnet4j.search.bayes;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A Gaussian process of mean zero given observations. Not for use by several threads.
 *
 * <p>Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, algorithm 2.1.
 */
public final class GaussianProcess {
    /** Keeps the covariance matrix positive definite where points coincide. */
    private static final double JITTER = 1e-10;

    private final Matern52 kernel;
    private final List<double[]> points;
    private final DecompositionSolver solver;
    private final RealVector weights;
    private final double logMarginalLikelihood;
    private RealMatrix inverse; // made when first asked for a prediction: fitting a kernel needs none

    /**
     * The process's posterior at a point.
     *
     * @param mean the expected value
     * @param deviation the standard deviation of the function's value there, without noise
     */
    public record Prediction(double mean, double deviation) {}

    /**
     * Conditions a process on observations.
     *
     * @param points where was observed, all of the kernel's dimensions
     * @param values what was observed, one a point
     * @throws InvalidInputException for no points, or a number of values that differs
     * @throws org.hipparchus.exception.MathIllegalArgumentException where rounding leaves no covariance
     */
    public GaussianProcess(Matern52 kernel, List<double[]> points, double[] values) {
        if (points.isEmpty() || points.size() != values.length) {
            throw new InvalidInputException("A Gaussian process needs as many values as points and at least one, found "
                    + points.size() + " points and " + values.length + " values");
        }
        this.kernel = kernel;
        this.points = List.copyOf(points);
        CholeskyDecomposition cholesky = new CholeskyDecomposition(covariances(), 1e-9, 0);
        RealVector observed = new ArrayRealVector(values);
        solver = cholesky.getSolver();
        weights = solver.solve(observed);
        RealMatrix root = cholesky.getL();
        double logRoot = 0;
        for (int i = 0; i < values.length; i++) {
            logRoot += Math.log(root.getEntry(i, i));
        }
        logMarginalLikelihood =
                -0.5 * observed.dotProduct(weights) - logRoot - 0.5 * values.length * Math.log(2 * Math.PI);
    }

    private RealMatrix covariances() {
        int size = points.size();
        RealMatrix covariances = new Array2DRowRealMatrix(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double covariance = kernel.covariance(points.get(i), points.get(j));
                covariances.setEntry(i, j, covariance);
                covariances.setEntry(j, i, covariance);
            }
            covariances.addToEntry(i, i, kernel.noise() + JITTER);
        }
        return covariances;
    }

    /** The logarithm of the observations' density, by which kernels compare. */
    public double logMarginalLikelihood() {
        return logMarginalLikelihood;
    }

    /**
     * The derivatives of the log marginal likelihood by the logarithms of length scales, variance and noise, in this order.
     *
     * <p>Source: Rasmussen and Williams, equation 5.9.
     */
    double[] likelihoodSlopes() {
        double[] slopes = new double[kernel.lengthScales().length + 2];
        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j <= i; j++) {
                double factor =
                        weights.getEntry(i) * weights.getEntry(j) - inverse().getEntry(i, j);
                double[] covariance = kernel.slopes(points.get(i), points.get(j), i == j);
                for (int k = 0; k < slopes.length; k++) {
                    slopes[k] += (i == j ? 0.5 : 1) * factor * covariance[k];
                }
            }
        }
        return slopes;
    }

    /** The kernel. */
    public Matern52 kernel() {
        return kernel;
    }

    /** The value to expect at a point. */
    public Prediction predict(double[] point) {
        double[] covariances = points.stream()
                .mapToDouble(known -> kernel.covariance(known, point))
                .toArray();
        RealVector covariance = new ArrayRealVector(covariances, false);
        double variance = kernel.variance() - covariance.dotProduct(inverse().operate(covariance));
        return new Prediction(covariance.dotProduct(weights), Math.sqrt(Math.max(0, variance)));
    }

    private RealMatrix inverse() {
        if (inverse == null) {
            inverse = solver.getInverse();
        }
        return inverse;
    }
}
