package org.efficientnet4j.benchmarks.search;

/** Hartmann's function of six dimensions; its minimum is -3.32237. Source: Dixon and Szego (1978). */
final class Hartmann6 {
    private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    private Hartmann6() {}

    static double value(double[] x) {
        double sum = 0;
        for (int i = 0; i < ALPHA.length; i++) {
            double exponent = 0;
            for (int j = 0; j < x.length; j++) {
                exponent += A[i][j] * (x[j] - P[i][j]) * (x[j] - P[i][j]);
            }
            sum -= ALPHA[i] * Math.exp(-exponent);
        }
        return sum;
    }
}
