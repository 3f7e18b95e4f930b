package org.efficientnet4j.search.statistics;

import java.util.List;
import org.efficientnet4j.search.study.Answers;

/**
 * Two candidates' answers to the same images, seed by seed, as a table of differences of images and seeds.
 *
 * @param onlyFirst image answers that only the first gives rightly, over all seeds
 * @param onlySecond that only the second does
 * @param meanVariance of the mean difference over the images, as if each seed's answers stood for themselves
 * @param imageVariance the part of the mean difference's variance that comes from which images were drawn: what images
 *     vary beyond single answers
 */
record PairedImages(int onlyFirst, int onlySecond, double meanVariance, double imageVariance) {
    static PairedImages of(Candidate first, Candidate second) {
        int seeds = first.answers().size();
        int images = first.images();
        double[] means = new double[images];
        double[] seedMeans = new double[seeds];
        double squares = 0;
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int seed = 0; seed < seeds; seed++) {
            List<Answers> pair =
                    List.of(first.answers().get(seed), second.answers().get(seed));
            for (int image = 0; image < images; image++) {
                boolean one = pair.get(0).isRight(image);
                boolean other = pair.get(1).isRight(image);
                onlyFirst += one && !other ? 1 : 0;
                onlySecond += other && !one ? 1 : 0;
                double difference = (one ? first.factor() : 0) - (other ? second.factor() : 0);
                means[image] += difference / seeds;
                seedMeans[seed] += difference / images;
                squares += difference * difference;
            }
        }
        double mean = 0;
        for (double one : seedMeans) {
            mean += one / seeds;
        }
        double ofImages = 0;
        for (double one : means) {
            ofImages += seeds * (one - mean) * (one - mean);
        }
        double ofSeeds = 0;
        for (double one : seedMeans) {
            ofSeeds += images * (one - mean) * (one - mean);
        }
        double imageSquare = images < 2 ? 0 : ofImages / (images - 1);
        double rest = squares - seeds * images * mean * mean - ofImages - ofSeeds;
        double restSquare = seeds < 2 || images < 2 ? 0 : Math.max(0, rest) / ((seeds - 1.0) * (images - 1));
        double cells = (double) seeds * images;
        return new PairedImages(
                onlyFirst, onlySecond, imageSquare / cells, Math.max(0, imageSquare - restSquare) / cells);
    }
}
