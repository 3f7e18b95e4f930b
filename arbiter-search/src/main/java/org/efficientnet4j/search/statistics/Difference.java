package org.efficientnet4j.search.statistics;

import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How far one candidate lies above another that was trained with the same seeds and judged on the same images.
 *
 * @param mean of the scores' differences
 * @param standardError of that mean; empty for one seed whose answers were not kept
 * @param chance the probability of such a mean, or a larger one, between equal networks; empty likewise
 */
public record Difference(double mean, OptionalDouble standardError, OptionalDouble chance) {
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
                    : new Difference(mean, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double ofSeeds = 2 * seeds.variance() / count;
        double ofImages = paired ? PairedImages.of(better, worse).imageVariance() : 0;
        double square = ofSeeds + ofImages;
        if (square == 0) {
            return new Difference(mean, OptionalDouble.of(0), OptionalDouble.of(mean > 0 ? 0 : 1));
        }
        // Satterthwaite's degrees of freedom of a sum of two variances.
        double degrees = square
                * square
                / (ofSeeds * ofSeeds / seeds.degrees() + (paired ? ofImages * ofImages / (better.images() - 1.0) : 0));
        double chance = 1 - new TDistribution(degrees).cumulativeProbability(mean / Math.sqrt(square));
        return new Difference(mean, OptionalDouble.of(Math.sqrt(square)), OptionalDouble.of(chance));
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
        return new Difference(mean, OptionalDouble.of(error), OptionalDouble.of(chance));
    }
}
