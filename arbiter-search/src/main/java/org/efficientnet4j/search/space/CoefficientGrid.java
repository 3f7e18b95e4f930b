package org.efficientnet4j.search.space;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Every (alpha, beta, gamma) on a regular grid from 1 whose product alpha beta^2 gamma^2 lies near a target. Bounds are
 * inclusive. Grid values are whole multiples of the step in decimal arithmetic, so 1 + 3 * 0.05 is 1.15 and not
 * 1.1500000000000001, and a product on the tolerance's edge is admitted.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 1: target 2 at phi = 1.
 *
 * @param target the wanted product, at least 1
 * @param tolerance how far a product may lie from it, at least 0
 * @param step the distance of neighbouring values, above 0
 * @param maxAlpha the largest depth coefficient
 * @param maxBeta the largest width coefficient
 * @param maxGamma the largest resolution coefficient
 */
public record CoefficientGrid(
        @JsonProperty("target") double target,
        @JsonProperty("tolerance") double tolerance,
        @JsonProperty("step") double step,
        @JsonProperty("maxAlpha") double maxAlpha,
        @JsonProperty("maxBeta") double maxBeta,
        @JsonProperty("maxGamma") double maxGamma) {
    /** The paper's target. */
    public static final double DEFAULT_TARGET = 2;
    /** Admits the paper's result, whose product is 1.9203. */
    public static final double DEFAULT_TOLERANCE = 0.1;
    /** The paper's values are multiples of it. */
    public static final double DEFAULT_STEP = 0.05;

    // Far above the rounding of four multiplications, far below the distance of two products on any usable grid.
    private static final double ROUNDING = 1e-12;
    private static final double BEYOND = 1.25;
    private static final int MOST_VALUES = 100_000;

    /** @throws InvalidInputException for a value outside its range */
    public CoefficientGrid {
        require(target >= 1 && target < 1e6, "target must lie in [1, 1000000)", target);
        require(tolerance >= 0 && tolerance < 1e6, "tolerance must lie in [0, 1000000)", tolerance);
        require(step > 0 && step < 1e6, "step must be a positive number", step);
        atLeastOne("maximum of alpha", maxAlpha);
        atLeastOne("maximum of beta", maxBeta);
        atLeastOne("maximum of gamma", maxGamma);
        double largest = Math.max(maxAlpha, Math.max(maxBeta, maxGamma));
        require((largest - 1) / step <= MOST_VALUES, "step must leave at most 100000 values a coefficient", step);
    }

    /** The paper's grid with the defaults above; its maxima cut nothing off. */
    public static CoefficientGrid standard() {
        return near(DEFAULT_TARGET, DEFAULT_TOLERANCE, DEFAULT_STEP);
    }

    /** A grid whose maxima cut nothing off: what a coefficient can reach while the others are 1. */
    public static CoefficientGrid near(double target, double tolerance, double step) {
        double most = Math.max(1, target + tolerance);
        return new CoefficientGrid(target, tolerance, step, most, Math.sqrt(most), Math.sqrt(most));
    }

    /**
     * A grid whose maxima cut off nothing that multiplies a network's MACs by about the target. Rounding makes MACs grow
     * less than the product in places, so the maxima lie a quarter above those of {@link #near}.
     */
    public static CoefficientGrid nearMacs(double target, double tolerance, double step) {
        double most = Math.max(1, BEYOND * (target + tolerance));
        return new CoefficientGrid(target, tolerance, step, most, Math.sqrt(most), Math.sqrt(most));
    }

    /** Every point within the maxima whatever its product, in the same order. */
    List<Coefficients> points() {
        List<Coefficients> points = new ArrayList<>();
        double[] betas = values(maxBeta);
        double[] gammas = values(maxGamma);
        for (double alpha : values(maxAlpha)) {
            for (double beta : betas) {
                for (double gamma : gammas) {
                    if (alpha * beta * beta * gamma * gamma <= BEYOND * BEYOND * (target + tolerance)) {
                        points.add(new Coefficients(alpha, beta, gamma));
                    }
                }
            }
        }
        return points;
    }

    /** The admitted coefficients, ascending in alpha, then beta, then gamma. */
    public List<Coefficients> coefficients() {
        List<Coefficients> admitted = new ArrayList<>();
        double[] betas = values(maxBeta);
        double[] gammas = values(maxGamma);
        for (double alpha : values(maxAlpha)) {
            for (double beta : betas) {
                addAdmitted(admitted, alpha, beta, gammas);
            }
        }
        return admitted;
    }

    /** Returns whether a product lies within the tolerance of the target. */
    public boolean admits(double product) {
        return Math.abs(product - target) <= tolerance + ROUNDING;
    }

    // The product rises with gamma: the admitted ones are a run, and past it there is nothing to look at.
    private void addAdmitted(List<Coefficients> admitted, double alpha, double beta, double[] gammas) {
        for (double gamma : gammas) {
            double product = alpha * beta * beta * gamma * gamma;
            if (admits(product)) {
                admitted.add(new Coefficients(alpha, beta, gamma));
            } else if (product > target) {
                return;
            }
        }
    }

    private double[] values(double max) {
        BigDecimal exactStep = BigDecimal.valueOf(step);
        int count = BigDecimal.valueOf(max + ROUNDING)
                        .subtract(BigDecimal.ONE)
                        .divide(exactStep, 0, RoundingMode.FLOOR)
                        .intValueExact()
                + 1;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = exactStep
                    .multiply(BigDecimal.valueOf(i))
                    .add(BigDecimal.ONE)
                    .doubleValue();
        }
        return values;
    }

    private static void atLeastOne(String name, double value) {
        require(value >= 1 && value < 1e6, "The " + name + " must lie in [1, 1000000)", value);
    }

    private static void require(boolean holds, String invariant, double found) {
        if (!holds) {
            throw new InvalidInputException(invariant + ", found " + found);
        }
    }
}
