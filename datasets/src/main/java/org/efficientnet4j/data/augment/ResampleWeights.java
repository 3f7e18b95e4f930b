package org.efficientnet4j.data.augment;

import java.util.Arrays;

/**
 * Along one side: which old pixels each new pixel is made of, and how much of each. New pixel {@code i} is the sum of
 * {@code weight(i, k) * old[first(i) + k]} over the {@link #taps}, the same number for every pixel: where fewer count, the
 * others weigh nothing. The weights of a pixel sum to one. {@code first} never falls.
 */
final class ResampleWeights {
    private final int taps;
    private final int[] first;
    private final float[] weights;

    private ResampleWeights(int taps, int[] first, float[] weights) {
        this.taps = taps;
        this.first = first;
        this.weights = weights;
    }

    private ResampleWeights(int oldLength, int[] starts, float[][] exact) {
        int most = 0;
        for (float[] each : exact) {
            most = Math.max(most, each.length);
        }
        taps = most;
        first = new int[starts.length];
        weights = new float[starts.length * taps];
        for (int i = 0; i < starts.length; i++) {
            // A pixel near the end begins earlier, with weights of zero, so that no tap lies outside.
            first[i] = Math.min(starts[i], oldLength - taps);
            System.arraycopy(exact[i], 0, weights, i * taps + starts[i] - first[i], exact[i].length);
        }
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
        return new ResampleWeights(oldLength, first, weights);
    }

    /** The weights of some new pixels in a row, with old pixels counted from {@code first(from)} on. */
    ResampleWeights window(int from, int count) {
        int[] counted = new int[count];
        for (int i = 0; i < count; i++) {
            counted[i] = first[from + i] - first[from];
        }
        return new ResampleWeights(taps, counted, Arrays.copyOfRange(weights, from * taps, (from + count) * taps));
    }

    /** How many old pixels all new ones together are made of. */
    int span() {
        return first[first.length - 1] + taps;
    }

    /** How many old pixels a new one is made of. */
    int taps() {
        return taps;
    }

    /** The first old pixel of a new one; the last, {@code first + taps - 1}, is inside too. */
    int first(int newPixel) {
        return first[newPixel];
    }

    /** How much of a new pixel comes from its k-th old one. */
    float weight(int newPixel, int k) {
        return weights[newPixel * taps + k];
    }

    /** The first old pixel of every new one; not to be changed. */
    int[] allFirst() {
        return first;
    }

    /** The weights of every new pixel, one pixel's after the other's; not to be changed. */
    float[] all() {
        return weights;
    }

    /** As {@link #all}, with zeros up to a number of taps; just as {@link #all} where there are more. */
    float[] padded(int number) {
        if (number <= taps) {
            return weights;
        }
        float[] result = new float[first.length * number];
        for (int i = 0; i < first.length; i++) {
            System.arraycopy(weights, i * taps, result, i * number, taps);
        }
        return result;
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
