package org.efficientnet4j.search.statistics;

import org.efficientnet4j.core.InvalidInputException;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/** Shares of images answered rightly: their intervals and tests. */
public final class Binomials {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    private Binomials() {}

    /**
     * An interval of shares.
     *
     * @param low its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {}

    /**
     * Wilson's interval of a share.
     *
     * <p>Source: Wilson, Probable Inference (1927), equation 5.
     *
     * @param right successes
     * @param images trials, at least 1
     * @param confidence such as 0.95
     * @throws InvalidInputException for no images, or more successes than images
     */
    public static Interval wilson(double right, int images, double confidence) {
        if (images < 1 || !(right >= 0 && right <= images)) {
            throw new InvalidInputException(
                    "An interval needs at least 1 image and as many right at most, found " + right + " of " + images);
        }
        double z = NORMAL.inverseCumulativeProbability(0.5 + confidence / 2);
        double share = right / images;
        double shrink = 1 + z * z / images;
        double centre = (share + z * z / (2 * images)) / shrink;
        double half = z * Math.sqrt(share * (1 - share) / images + z * z / (4.0 * images * images)) / shrink;
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** The probability of so many successes or more. */
    public static double atLeast(int successes, int trials, double probability) {
        return successes <= 0
                ? 1
                : 1 - new BinomialDistribution(trials, probability).cumulativeProbability(successes - 1);
    }

    /**
     * The probability that one of two equal networks is alone right so often or more, given how often just one of them
     * is: the exact one-sided form of McNemar's test.
     *
     * <p>Source: McNemar, Note on the sampling error of the difference between correlated proportions (1947).
     *
     * @param better images that only the better one answers rightly
     * @param worse images that only the other one does
     */
    public static double mcNemar(int better, int worse) {
        return atLeast(better, better + worse, 0.5);
    }
}
