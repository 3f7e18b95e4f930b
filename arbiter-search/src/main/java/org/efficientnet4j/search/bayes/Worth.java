package org.efficientnet4j.search.bayes;

import java.util.Comparator;
import java.util.List;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * By how much one more measurement is expected to raise the highest posterior mean, other points' beliefs left as they are.
 *
 * <p>Source: Frazier, Powell and Dayanik, A Knowledge-Gradient Policy for Sequential Information Collection (2008), equation
 * for independent normal beliefs.
 *
 * @param acquisition the score's process, the constraint's and the measurement's noise
 * @param best the point of the highest posterior mean among those that keep the constraint; null where none does
 * @param highest its mean
 * @param second the highest mean elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // made and read here
record Worth(Acquisition acquisition, double[] best, double highest, double second) {
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);
    private static final double SAME = 1e-9;

    static Worth of(Acquisition acquisition, List<Observation> observations) {
        List<Observation> kept = observations.stream()
                .filter(one -> one.score().isPresent() && one.keeps(acquisition.limit()))
                .sorted(Comparator.comparingDouble(
                        one -> -acquisition.score().predict(one.point()).mean()))
                .toList();
        if (kept.isEmpty()) {
            return new Worth(acquisition, null, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        double[] best = kept.get(0).point();
        double second = kept.stream()
                .filter(one -> !isAt(one.point(), best))
                .mapToDouble(one -> acquisition.score().predict(one.point()).mean())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        return new Worth(acquisition, best, acquisition.score().predict(best).mean(), second);
    }

    /** The expected gain of a measurement at a point; with nothing known to keep the constraint, its chance to keep it. */
    double at(double[] point) {
        if (best == null) {
            return acquisition.at(point);
        }
        Prediction belief = acquisition.score().predict(point);
        double other = isAt(point, best) ? second : highest;
        return acquisition.probability(point)
                * gain(belief.deviation(), acquisition.noise(), Math.abs(belief.mean() - other));
    }

    /**
     * The expected rise of the larger of two means.
     *
     * @param deviation of the belief before the measurement
     * @param noise the standard deviation of the measurement
     * @param distance of both means
     */
    static double gain(double deviation, double noise, double distance) {
        double moved = deviation == 0 ? 0 : deviation * deviation / Math.hypot(deviation, noise);
        if (moved == 0 || Double.isInfinite(distance)) {
            return 0;
        }
        double z = -distance / moved;
        return moved * (z * NORMAL.cumulativeProbability(z) + NORMAL.density(z));
    }

    private static boolean isAt(double[] one, double[] other) {
        for (int d = 0; d < one.length; d++) {
            if (Math.abs(one[d] - other[d]) > SAME) {
                return false;
            }
        }
        return true;
    }
}
