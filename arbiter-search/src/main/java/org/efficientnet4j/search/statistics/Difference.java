package org.efficientnet4j.search.statistics;

import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How far one candidate lies above another that was trained with the same seeds and judged on the same images.
 *
 * @param mean of the scores' differences
 * @param standardError of that mean; empty for one seed whose answers were not kept
 * @param degrees of freedom of the error, infinite where the images alone tell it; 0 where it is not known
 * @param chance the probability of such a mean, or a larger one, between equal networks; empty likewise
 */
public record Difference(double mean, OptionalDouble standardError, double degrees, OptionalDouble chance) {
    /** A network's distance to itself. */
    static final Difference NONE =
            new Difference(0, OptionalDouble.of(0), Double.POSITIVE_INFINITY, OptionalDouble.of(1));

    private static final double MOST_DEGREES = 1e6;

    /**
     * The half-width of the interval that holds the true difference with a probability; empty where the error is not
     * known.
     *
     * @param level below 1, for instance 0.95
     */
    public OptionalDouble halfWidth(double level) {
        if (standardError.isEmpty()) {
            return OptionalDouble.empty();
        }
        double quantile =
                new TDistribution(Math.min(degrees, MOST_DEGREES)).inverseCumulativeProbability((1 + level) / 2);
        return OptionalDouble.of(quantile * standardError.getAsDouble());
    }

    /**
     * Compares two candidates.
     *
     * @param seeds the seeds' part of the error, told by all candidates together
     */
    static Difference of(Candidate better, Candidate worse, SeedNoise seeds) {
        double mean = better.mean() - worse.mean();
        boolean paired = better.images() > 0 && better.images() == worse.images();
        int count = better.scores().size();
        if (count == 1 || seeds.degrees() == 0) {
            return paired
                    ? ofImages(better, worse, mean)
                    : new Difference(mean, OptionalDouble.empty(), 0, OptionalDouble.empty());
        }
        double ofSeeds = 2 * seeds.variance() / count;
        double ofImages = paired ? PairedImages.of(better, worse).imageVariance() : 0;
        double square = ofSeeds + ofImages;
        if (square == 0) {
            return new Difference(
                    mean, OptionalDouble.of(0), Double.POSITIVE_INFINITY, OptionalDouble.of(mean > 0 ? 0 : 1));
        }
        // Satterthwaite's degrees of freedom of a sum of two variances.
        double degrees = square
                * square
                / (ofSeeds * ofSeeds / seeds.degrees() + (paired ? ofImages * ofImages / (better.images() - 1.0) : 0));
        double chance = 1 - new TDistribution(degrees).cumulativeProbability(mean / Math.sqrt(square));
        return new Difference(mean, OptionalDouble.of(Math.sqrt(square)), degrees, OptionalDouble.of(chance));
    }

    /** The images alone, by one training each: a training's own chance is not in it. */
    private static Difference ofImages(Candidate better, Candidate worse, double mean) {
        PairedImages images = PairedImages.of(better, worse);
        double error = Math.sqrt(images.meanVariance());
        double chance;
        if (better.factor() == worse.factor() && better.scores().size() == 1) {
            chance = Binomials.mcNemar(images.onlyFirst(), images.onlySecond());
        } else if (error == 0) {
            chance = mean > 0 ? 0 : 1;
        } else {
            chance = 1 - new NormalDistribution(0, 1).cumulativeProbability(mean / error);
        }
        return new Difference(mean, OptionalDouble.of(error), Double.POSITIVE_INFINITY, OptionalDouble.of(chance));
    }
}
