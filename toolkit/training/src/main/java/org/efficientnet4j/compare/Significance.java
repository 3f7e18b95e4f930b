package org.efficientnet4j.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Tests of differences between networks that were judged on the same images, and intervals of shares. */
public final class Significance {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    private Significance() {}

    /**
     * An interval of a share.
     *
     * @param low its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {}

    /**
     * Wilson's score interval of a share.
     *
     * <p>Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
     *
     * @param share in [0, 1], of so many
     * @param count at least 1
     * @param confidence such as 0.95
     */
    public static Interval wilson(double share, int count, double confidence) {
        double z = NORMAL.inverseCumulativeProbability(0.5 + confidence / 2);
        double z2 = z * z;
        double centre = (share + z2 / (2.0 * count)) / (1 + z2 / count);
        double half = z / (1 + z2 / count) * Math.sqrt(share * (1 - share) / count + z2 / (4.0 * count * count));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * McNemar's exact test, two-sided: the probability that of the images that one of two networks alone has right, at
     * least as uneven a part falls to one, if each falls to either alike.
     *
     * <p>Source: McNemar, Psychometrika 12 (1947); exact form as Fagerland, Lydersen and Laake, BMC Medical Research
     * Methodology 13:91 (2013), equation 2.
     *
     * @param onlyFirst images that the first alone has right
     * @param onlySecond images that the second alone has right
     * @return p in (0, 1]; 1 where both are 0
     */
    public static double mcNemar(int onlyFirst, int onlySecond) {
        int trials = onlyFirst + onlySecond;
        int fewer = Math.min(onlyFirst, onlySecond);
        double logHalf = -trials * Math.log(2);
        double logChoose = 0;
        double tail = 0;
        for (int k = 0; k <= fewer; k++) {
            tail += Math.exp(logChoose + logHalf);
            logChoose += Math.log((double) (trials - k) / (k + 1));
        }
        return Math.min(1, 2 * tail);
    }

    /**
     * Student's paired test, two-sided.
     *
     * @param differences one for each pair, at least two
     * @return p; 1 where all are 0, 0 where all are the same but not 0
     */
    public static double pairedT(double[] differences) {
        int count = differences.length;
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares = Arrays.stream(differences)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (count - 1) / count);
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return 2 * new TDistribution(count - 1).cumulativeProbability(-Math.abs(mean / error));
    }

    /**
     * Holm's correction for several tests, in the order given.
     *
     * <p>Source: Holm, Scandinavian Journal of Statistics 6 (1979).
     */
    public static double[] holm(double[] p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            largest = Math.max(largest, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
