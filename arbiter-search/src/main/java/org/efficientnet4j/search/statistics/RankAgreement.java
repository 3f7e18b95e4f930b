package org.efficientnet4j.search.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.hipparchus.stat.correlation.KendallsCorrelation;

/**
 * How far two scores of the same networks rank them alike: Kendall's tau-b, 1 for the same order, 0 for none in common.
 *
 * <p>Source: Kendall, The Treatment of Ties in Ranking Problems (1945); the interval by Efron, Bootstrap Methods (1979).
 *
 * @param tau the correlation
 * @param low the lower end of its 95 % interval, by drawing the networks anew
 * @param high its upper end
 * @param networks compared
 */
public record RankAgreement(double tau, double low, double high, int networks) {
    private static final int LEAST = 4;
    private static final int DRAWS = 2000;
    private static final double TAIL = 0.025;
    private static final long SEED = 1;
    /** Above it, a cheap training's order is good enough to choose leaders by. */
    private static final double GOOD = 0.6;

    /**
     * Compares two scores.
     *
     * @param one of each network, at least 4
     * @param other of the same networks in the same order
     * @throws InvalidInputException for fewer, or different numbers of them
     */
    public static RankAgreement of(List<Double> one, List<Double> other) {
        if (one.size() < LEAST || one.size() != other.size()) {
            throw new InvalidInputException("Rankings must be of the same networks and at least 4, found " + one.size()
                    + " and " + other.size());
        }
        double[] first = one.stream().mapToDouble(Double::doubleValue).toArray();
        double[] second = other.stream().mapToDouble(Double::doubleValue).toArray();
        Random random = new Random(SEED);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] places = random.ints(first.length, 0, first.length).toArray();
            drawn[draw] = tau(
                    Arrays.stream(places).mapToDouble(i -> first[i]).toArray(),
                    Arrays.stream(places).mapToDouble(i -> second[i]).toArray());
        }
        Arrays.sort(drawn);
        return new RankAgreement(
                tau(first, second), drawn[(int) (TAIL * DRAWS)], drawn[(int) ((1 - TAIL) * DRAWS) - 1], first.length);
    }

    /** Scores that are all equal rank nothing: 0. */
    private static double tau(double[] first, double[] second) {
        double tau = new KendallsCorrelation().correlation(first, second);
        return Double.isNaN(tau) ? 0 : tau;
    }

    /** Advice that follows from the agreement, in a sentence. */
    public String advice() {
        if (low <= 0) {
            return "The interval holds 0: the cheap ranking may say nothing. Train the search longer, larger or on more"
                    + " images, or compare more networks.";
        }
        return tau < GOOD
                ? "The cheap ranking sorts out the bad ones, not the best: repeat many leaders by --confirm, or train the"
                        + " search longer."
                : "The cheap ranking holds: repeat its leaders by --confirm.";
    }
}
