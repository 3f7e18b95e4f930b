package org.efficientnet4j.benchmarks.search;

import java.util.function.ToDoubleFunction;

/**
 * A function to be minimised under a constraint, whose constrained minimum is known.
 *
 * @param name how it is called
 * @param low the domain's lower corner
 * @param high the domain's upper corner
 * @param value the function
 * @param constraint at most 0 where a point is admitted
 * @param minimum the lowest value of an admitted point
 * @param noise the standard deviation of the normal noise that a measured value has; the constraint has none
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record ConstrainedFunction(
        String name,
        double[] low,
        double[] high,
        ToDoubleFunction<double[]> value,
        ToDoubleFunction<double[]> constraint,
        double minimum,
        double noise) {
    /** Copies the corners. */
    public ConstrainedFunction {
        low = low.clone();
        high = high.clone();
    }

    /** A function that is measured without noise. */
    public ConstrainedFunction(
            String name,
            double[] low,
            double[] high,
            ToDoubleFunction<double[]> value,
            ToDoubleFunction<double[]> constraint,
            double minimum) {
        this(name, low, high, value, constraint, minimum, 0);
    }

    /** The same function measured with noise. */
    public ConstrainedFunction withNoise(double deviation) {
        return new ConstrainedFunction(name + ", noisy", low, high, value, constraint, minimum, deviation);
    }

    @Override
    public double[] low() {
        return low.clone();
    }

    @Override
    public double[] high() {
        return high.clone();
    }

    /** The number of coordinates of a point. */
    public int dimensions() {
        return low.length;
    }

    /** A point of the domain for one of the unit cube. */
    public double[] scale(double[] unit) {
        double[] point = new double[unit.length];
        for (int i = 0; i < unit.length; i++) {
            point[i] = low[i] + (high[i] - low[i]) * unit[i];
        }
        return point;
    }

    /**
     * Branin's function in a disk that leaves one of its three minima.
     *
     * <p>Source: Gelbart et al., Bayesian Optimization with Unknown Constraints (arXiv 1403.5607), section 5.1.
     */
    public static ConstrainedFunction branin() {
        return new ConstrainedFunction(
                "Branin in a disk",
                new double[] {-5, 0},
                new double[] {10, 15},
                x -> Math.pow(x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6, 2)
                        + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0])
                        + 10,
                x -> Math.pow(x[0] - 2.5, 2) + Math.pow(x[1] - 7.5, 2) - 50,
                0.39788735772973816);
    }

    /**
     * Gardner's first simulation; its minimum is -2 at (3 pi / 2, 0).
     *
     * <p>Source: Gardner et al., Bayesian Optimization with Inequality Constraints (2014), section 4.1.
     */
    public static ConstrainedFunction gardner1() {
        return new ConstrainedFunction(
                "Gardner 1",
                new double[] {0, 0},
                new double[] {6, 6},
                x -> Math.cos(2 * x[0]) * Math.cos(x[1]) + Math.sin(x[0]),
                x -> Math.cos(x[0]) * Math.cos(x[1]) - Math.sin(x[0]) * Math.sin(x[1]) - 0.5,
                -2);
    }

    /**
     * Gardner's second simulation, whose admitted region is small; its minimum is asin(0.95) - 1 at (3 pi / 2, asin(0.95)).
     *
     * <p>Source: as {@link #gardner1}.
     */
    public static ConstrainedFunction gardner2() {
        return new ConstrainedFunction(
                "Gardner 2",
                new double[] {0, 0},
                new double[] {6, 6},
                x -> Math.sin(x[0]) + x[1],
                x -> Math.sin(x[0]) * Math.sin(x[1]) + 0.95,
                Math.asin(0.95) - 1);
    }

    /**
     * Hartmann's function of six dimensions within the unit ball.
     *
     * <p>Source: Letham et al., Constrained Bayesian Optimization with Noisy Experiments (arXiv 1706.07094), section 5.
     */
    public static ConstrainedFunction hartmann6() {
        double[] zero = new double[6];
        double[] one = {1, 1, 1, 1, 1, 1};
        return new ConstrainedFunction(
                "Hartmann 6 in a ball",
                zero,
                one,
                Hartmann6::value,
                x -> {
                    double squares = 0;
                    for (double coordinate : x) {
                        squares += coordinate * coordinate;
                    }
                    return squares - 1;
                },
                -3.32236801);
    }

    /**
     * Rosenbrock's function in a disk; its minimum is 0 at (1, 1), on the edge.
     *
     * <p>Source: Rosenbrock (1960); the disk of radius sqrt 2 as in Simionescu, Computer-Aided Graphing (2014).
     */
    public static ConstrainedFunction rosenbrock() {
        return new ConstrainedFunction(
                "Rosenbrock in a disk",
                new double[] {-1.5, -1.5},
                new double[] {1.5, 1.5},
                x -> Math.pow(1 - x[0], 2) + 100 * Math.pow(x[1] - x[0] * x[0], 2),
                x -> x[0] * x[0] + x[1] * x[1] - 2,
                0);
    }

    /**
     * Townsend's function within a curve.
     *
     * <p>Source: Townsend, Constrained optimization in Chebfun (2014).
     */
    public static ConstrainedFunction townsend() {
        return new ConstrainedFunction(
                "Townsend",
                new double[] {-2.25, -2.5},
                new double[] {2.25, 1.75},
                x -> -Math.pow(Math.cos((x[0] - 0.1) * x[1]), 2) - x[0] * Math.sin(3 * x[0] + x[1]),
                x -> {
                    double t = Math.atan2(x[0], x[1]);
                    double wave = 2 * Math.cos(t) - Math.cos(2 * t) / 2 - Math.cos(3 * t) / 4 - Math.cos(4 * t) / 8;
                    return x[0] * x[0] + x[1] * x[1] - wave * wave - Math.pow(2 * Math.sin(t), 2);
                },
                -2.02398832064126);
    }

    /**
     * The price of a cylindrical pressure vessel: thickness of shell and head, radius, length; continuous. The constraint
     * is the largest of the thicknesses' and the volume's, the latter as a share.
     *
     * <p>Source: Sandgren (1990); its continuous minimum as in Coello Coello (2000).
     */
    public static ConstrainedFunction pressureVessel() {
        return new ConstrainedFunction(
                "Pressure vessel",
                new double[] {0.0625, 0.0625, 10, 10},
                new double[] {6.1875, 6.1875, 200, 200},
                x -> 0.6224 * x[0] * x[2] * x[3]
                        + 1.7781 * x[1] * x[2] * x[2]
                        + 3.1661 * x[0] * x[0] * x[3]
                        + 19.84 * x[0] * x[0] * x[2],
                x -> {
                    double volume = Math.PI * x[2] * x[2] * x[3] + 4 / 3.0 * Math.PI * Math.pow(x[2], 3);
                    return Math.max(Math.max(0.0193 * x[2] - x[0], 0.00954 * x[2] - x[1]), 1 - volume / 1_296_000);
                },
                5885.332773601);
    }
}
