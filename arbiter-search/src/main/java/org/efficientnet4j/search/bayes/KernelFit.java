package org.efficientnet4j.search.bayes;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.function.Logit;
import org.hipparchus.analysis.function.Sigmoid;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.hipparchus.random.RandomGenerator;

/**
 * Looks for the kernel of highest marginal likelihood by conjugate gradients from several starts. The parameters are
 * logarithms (length scales, variance, noise), kept between bounds by a sigmoid.
 */
final class KernelFit {
    private static final int MOST_EVALUATIONS = 400;
    private static final double UNLIKELY = -1e10;
    // Bounds for points in the unit cube and values of variance 1.
    private static final double[] LENGTH_SCALE = {Math.log(0.03), Math.log(10)};
    private static final double[] VARIANCE = {Math.log(0.05), Math.log(20)};
    private static final double[] NOISE = {Math.log(1e-6), Math.log(0.5)};

    private final List<double[]> points;
    private final double[] values;
    private final int size;
    private double highest = Double.NEGATIVE_INFINITY;
    private GaussianProcess best;

    /** A fit of the points, at least one, to values of mean 0 and variance 1. */
    KernelFit(List<double[]> points, double[] values) {
        this.points = points;
        this.values = values;
        this.size = points.get(0).length + 2;
    }

    /** The best process of a quiet start, a noisy one and so many random ones. */
    GaussianProcess run(int restarts, RandomGenerator random) {
        climb(start(0.5, 1e-3));
        climb(start(1.5, 0.05)); // what looks like a rough function may be a smooth one with noise
        for (int restart = 0; restart < restarts; restart++) {
            climb(randomStart(random));
        }
        return best;
    }

    private void climb(double[] start) {
        double[] free = new double[size];
        for (int i = 0; i < size; i++) {
            free[i] = new Logit(bounds(i)[0], bounds(i)[1]).value(start[i]);
        }
        try {
            new NonLinearConjugateGradientOptimizer(Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-7, 1e-4))
                    .optimize(
                            new ObjectiveFunction(this::likelihood),
                            new ObjectiveFunctionGradient(this::slopes),
                            GoalType.MAXIMIZE,
                            new InitialGuess(free),
                            new MaxEval(MOST_EVALUATIONS),
                            new MaxIter(MOST_EVALUATIONS));
        } catch (MathIllegalStateException e) { // too many steps: the best of them counts
            return;
        }
    }

    private double likelihood(double[] free) {
        try {
            GaussianProcess process = process(free);
            double likelihood = process.logMarginalLikelihood();
            if (likelihood > highest) {
                highest = likelihood;
                best = process;
            }
            return likelihood;
        } catch (MathIllegalArgumentException e) { // rounding left no covariance: a kernel far too smooth
            return UNLIKELY;
        }
    }

    private double[] slopes(double[] free) {
        try {
            double[] slopes = process(free).likelihoodSlopes();
            for (int i = 0; i < size; i++) {
                double width = bounds(i)[1] - bounds(i)[0];
                double share = new Sigmoid().value(free[i]);
                slopes[i] *= width * share * (1 - share);
            }
            return slopes;
        } catch (MathIllegalArgumentException e) {
            return new double[size];
        }
    }

    private GaussianProcess process(double[] free) {
        double[] parameters = new double[size];
        for (int i = 0; i < size; i++) {
            parameters[i] = Math.exp(new Sigmoid(bounds(i)[0], bounds(i)[1]).value(free[i]));
        }
        double[] scales = new double[size - 2];
        System.arraycopy(parameters, 0, scales, 0, scales.length);
        return new GaussianProcess(new Matern52(parameters[size - 2], scales, parameters[size - 1]), points, values);
    }

    private double[] start(double lengthScale, double noise) {
        double[] start = new double[size];
        Arrays.fill(start, Math.log(lengthScale));
        start[size - 2] = 0;
        start[size - 1] = Math.log(noise);
        return start;
    }

    private double[] randomStart(RandomGenerator random) {
        double[] start = new double[size];
        for (int i = 0; i < size; i++) {
            double share = 0.1 + 0.8 * random.nextDouble();
            start[i] = bounds(i)[0] + (bounds(i)[1] - bounds(i)[0]) * share;
        }
        return start;
    }

    private double[] bounds(int parameter) {
        return parameter < size - 2 ? LENGTH_SCALE : parameter == size - 2 ? VARIANCE : NOISE;
    }
}
