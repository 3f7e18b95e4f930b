package org.efficientnet4j.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.compare.Significance.Interval;

/**
 * A network's place among others that were judged on the same images.
 *
 * @param name of the network
 * @param seeds its trainings, or the one judgement of a model file
 * @param top1 mean over the seeds, in [0, 1]
 * @param deviation sample standard deviation over the seeds; NaN for a single one
 * @param interval 95 % of Wilson's, for the mean on so many test images; it does not hold the spread over seeds
 * @param pValue of the difference to the best, by Holm's correction over all; NaN for the best itself
 * @param withinNoise true for the best, and where the difference to it is no larger than chance makes it (p of 0.05 or more)
 */
public record Standing(
        String name,
        List<JudgedTraining> seeds,
        double top1,
        double deviation,
        Interval interval,
        double pValue,
        boolean withinNoise) {
    private static final double CONFIDENCE = 0.95;
    private static final double LEVEL = 0.05;

    /** Copies the list. */
    public Standing {
        seeds = List.copyOf(seeds);
    }

    /**
     * A network with its trainings.
     *
     * @param name of the network
     * @param seeds in the same order for every network
     */
    public record Entry(String name, List<JudgedTraining> seeds) {
        double top1() {
            return seeds.stream()
                    .mapToDouble(seed -> seed.answers().top1())
                    .average()
                    .orElseThrow();
        }
    }

    /**
     * The standings, in the order given. With one seed the test is McNemar's exact one on the images; with several,
     * Student's on the seeds' differences, as a seed gives every network the same images in the same order.
     */
    public static List<Standing> of(List<Entry> entries) {
        int best = IntStream.range(0, entries.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> entries.get(i).top1()))
                .orElseThrow();
        int[] others = IntStream.range(0, entries.size()).filter(i -> i != best).toArray();
        double[] adjusted = Significance.holm(IntStream.of(others)
                .mapToDouble(i -> difference(entries.get(best), entries.get(i)))
                .toArray());
        double[] p = new double[entries.size()];
        Arrays.fill(p, Double.NaN);
        for (int i = 0; i < others.length; i++) {
            p[others[i]] = adjusted[i];
        }
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            standings.add(standing(entries.get(i), p[i], i == best || p[i] >= LEVEL));
        }
        return standings;
    }

    private static Standing standing(Entry entry, double p, boolean withinNoise) {
        double mean = entry.top1();
        int images = entry.seeds().get(0).answers().answers().size();
        return new Standing(
                entry.name(),
                entry.seeds(),
                mean,
                deviation(entry, mean),
                Significance.wilson(mean, images, CONFIDENCE),
                p,
                withinNoise);
    }

    private static double deviation(Entry entry, double mean) {
        int count = entry.seeds().size();
        double squares = entry.seeds().stream()
                .mapToDouble(seed -> Math.pow(seed.answers().top1() - mean, 2))
                .sum();
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
    }

    private static double difference(Entry best, Entry other) {
        int seeds = best.seeds().size();
        if (seeds == 1) {
            Answers first = best.seeds().get(0).answers();
            Answers second = other.seeds().get(0).answers();
            return Significance.mcNemar(first.onlyRightHere(second), second.onlyRightHere(first));
        }
        return Significance.pairedT(IntStream.range(0, seeds)
                .mapToDouble(i -> best.seeds().get(i).answers().top1()
                        - other.seeds().get(i).answers().top1())
                .toArray());
    }
}
