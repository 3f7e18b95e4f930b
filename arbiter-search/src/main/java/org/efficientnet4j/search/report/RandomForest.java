package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A forest of regression trees over bootstrap samples, and how much its error on the samples left out grows when a
 * feature is shuffled.
 *
 * <p>Source: Breiman, Random Forests (2001), sections 10 and 11.
 */
final class RandomForest {
    private static final int TREES = 200;
    private static final int SMALLEST_LEAF = 3;

    private final double[][] features;
    private final double[] values;
    private final Random random;
    private final double[] predicted;
    private final int[] outOfBag;

    /** A node: a leaf's value, or a split. */
    private record Node(double value, int feature, double threshold, Node below, Node above) {
        double predict(double[] point) {
            if (below == null) {
                return value;
            }
            return (point[feature] <= threshold ? below : above).predict(point);
        }
    }

    RandomForest(double[][] features, double[] values, long seed) {
        this.features = features;
        this.values = values;
        this.random = new Random(seed);
        this.predicted = new double[values.length];
        this.outOfBag = new int[values.length];
    }

    /**
     * The share of the values' variance that the trees explain for samples they did not see; below 0 where they do worse
     * than the mean. Known after {@link #importance}.
     */
    double outOfBagFit() {
        double mean = Arrays.stream(values).average().orElse(0);
        double unexplained = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            if (outOfBag[i] > 0) {
                double rest = values[i] - predicted[i] / outOfBag[i];
                unexplained += rest * rest;
                all += (values[i] - mean) * (values[i] - mean);
            }
        }
        return all == 0 ? 0 : 1 - unexplained / all;
    }

    /** For each feature the mean growth of the squared error out of the bag; 0 where shuffling does not hurt. */
    double[] importance() {
        int count = values.length;
        double[] growth = new double[features[0].length];
        for (int tree = 0; tree < TREES; tree++) {
            boolean[] inBag = new boolean[count];
            List<Integer> sample = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int drawn = random.nextInt(count);
                inBag[drawn] = true;
                sample.add(drawn);
            }
            Node root = grow(sample);
            int[] out = IntStream.range(0, count).filter(i -> !inBag[i]).toArray();
            for (int i : out) {
                predicted[i] += root.predict(features[i]);
                outOfBag[i]++;
            }
            double error = error(root, out, -1, out);
            for (int feature = 0; feature < growth.length; feature++) {
                growth[feature] += (error(root, out, feature, shuffled(out)) - error) / TREES;
            }
        }
        return Arrays.stream(growth).map(one -> Math.max(0, one)).toArray();
    }

    private double error(Node root, int[] out, int shuffledFeature, int[] donors) {
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            double[] point = features[out[i]].clone();
            if (shuffledFeature >= 0) {
                point[shuffledFeature] = features[donors[i]][shuffledFeature];
            }
            double difference = root.predict(point) - values[out[i]];
            sum += difference * difference;
        }
        return out.length == 0 ? 0 : sum / out.length;
    }

    private int[] shuffled(int[] indices) {
        int[] shuffled = indices.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }
        return shuffled;
    }

    private Node grow(List<Integer> sample) {
        double mean = sample.stream().mapToDouble(i -> values[i]).average().orElse(0);
        Node best = null;
        double lowest = squares(sample);
        if (sample.size() >= 2 * SMALLEST_LEAF && lowest > 0) {
            for (int feature : candidateFeatures()) {
                for (double threshold : thresholds(sample, feature)) {
                    double error = squares(side(sample, feature, threshold, true))
                            + squares(side(sample, feature, threshold, false));
                    if (error < lowest - 1e-15) {
                        lowest = error;
                        best = new Node(mean, feature, threshold, null, null);
                    }
                }
            }
        }
        if (best == null) {
            return new Node(mean, -1, 0, null, null);
        }
        return new Node(
                mean,
                best.feature,
                best.threshold,
                grow(side(sample, best.feature, best.threshold, true)),
                grow(side(sample, best.feature, best.threshold, false)));
    }

    /** A third of the features, as Breiman advises for regression, at least one. */
    private int[] candidateFeatures() {
        int[] all = new int[features[0].length];
        Arrays.setAll(all, i -> i);
        return Arrays.copyOf(shuffled(all), Math.max(1, (all.length + 2) / 3));
    }

    private double[] thresholds(List<Integer> sample, int feature) {
        double[] sorted = sample.stream()
                .mapToDouble(i -> features[i][feature])
                .distinct()
                .sorted()
                .toArray();
        double[] between = new double[Math.max(0, sorted.length - 1)];
        Arrays.setAll(between, i -> (sorted[i] + sorted[i + 1]) / 2);
        return Arrays.stream(between)
                .filter(threshold -> side(sample, feature, threshold, true).size() >= SMALLEST_LEAF
                        && side(sample, feature, threshold, false).size() >= SMALLEST_LEAF)
                .toArray();
    }

    private List<Integer> side(List<Integer> sample, int feature, double threshold, boolean below) {
        return sample.stream()
                .filter(i -> features[i][feature] <= threshold == below)
                .toList();
    }

    private double squares(List<Integer> sample) {
        double mean = sample.stream().mapToDouble(i -> values[i]).average().orElse(0);
        return sample.stream()
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
    }
}
