package org.efficientnet4j.data.augment;

/**
 * Along one side: which old pixels each new pixel is made of, and how much of each. New pixel {@code i} is the sum of
 * {@code weights[i][k] * old[first[i] + k]}; the weights of a pixel sum to one. Both lists run in order of {@code first}.
 */
final class ResampleWeights {
    private final int[] first;
    private final float[][] weights;

    private ResampleWeights(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    static ResampleWeights of(int oldLength, int newLength, Interpolation interpolation) {
        int[] first = new int[newLength];
        float[][] weights = new float[newLength][];
        double scale = (double) oldLength / newLength;
        boolean byCoverage = interpolation == Interpolation.AREA && scale > 1;
        for (int i = 0; i < newLength; i++) {
            double[] exact;
            if (byCoverage) {
                first[i] = (int) Math.floor(i * scale);
                exact = coverage(i * scale, Math.min(oldLength, (i + 1) * scale), first[i]);
            } else {
                double stretch = Math.max(1, scale);
                double centre = (i + 0.5) * scale;
                double reach = interpolation.support() * stretch;
                first[i] = Math.max(0, (int) Math.floor(centre - reach + 0.5));
                int end = Math.min(oldLength, (int) Math.floor(centre + reach + 0.5));
                exact = new double[Math.max(1, end - first[i])];
                for (int k = 0; k < exact.length; k++) {
                    exact[k] = interpolation.kernel((first[i] + k + 0.5 - centre) / stretch);
                }
            }
            weights[i] = normalised(exact);
        }
        return new ResampleWeights(first, weights);
    }

    /** The first old pixel of a new one. */
    int first(int newPixel) {
        return first[newPixel];
    }

    /** One past the last old pixel of a new one. */
    int end(int newPixel) {
        return first[newPixel] + weights[newPixel].length;
    }

    /** The weight of each old pixel from the first on; not to be changed. */
    float[] weights(int newPixel) {
        return weights[newPixel];
    }

    /** How much of each old pixel lies between two places. */
    private static double[] coverage(double from, double to, int first) {
        double[] parts = new double[(int) Math.ceil(to - 1e-9) - first];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = Math.min(to, first + k + 1) - Math.max(from, first + k);
        }
        return parts;
    }

    private static float[] normalised(double[] exact) {
        double sum = 0;
        for (double weight : exact) {
            sum += weight;
        }
        float[] result = new float[exact.length];
        for (int k = 0; k < exact.length; k++) {
            result[k] = (float) (exact[k] / sum);
        }
        return result;
    }
}
