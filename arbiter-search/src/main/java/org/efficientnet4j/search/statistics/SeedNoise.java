package org.efficientnet4j.search.statistics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How much seeds move scores, told by all candidates together, all trained with the same seeds: the residual mean square
 * of candidates and seeds, which leaves out what a seed does to all alike. It takes the candidates to vary alike.
 *
 * @param variance of one seed's score around its candidate's and its seed's mean
 * @param degrees of freedom; 0 where there is one seed or one candidate
 */
public record SeedNoise(double variance, int degrees) {
    /** The noise of candidates that have the same seeds. */
    static SeedNoise of(List<Candidate> candidates) {
        int seeds = candidates.get(0).scores().size();
        int degrees = (candidates.size() - 1) * (seeds - 1);
        if (degrees == 0) {
            return new SeedNoise(0, 0);
        }
        double all = candidates.stream().mapToDouble(Candidate::mean).average().orElseThrow();
        double squares = 0;
        for (int seed = 0; seed < seeds; seed++) {
            int place = seed;
            double ofSeed = candidates.stream()
                    .mapToDouble(one -> one.scores().get(place))
                    .average()
                    .orElseThrow();
            for (Candidate one : candidates) {
                double rest = one.scores().get(seed) - one.mean() - ofSeed + all;
                squares += rest * rest;
            }
        }
        return new SeedNoise(squares / degrees, degrees);
    }

    /** The variance of one seed's score around its candidate's mean; empty for one seed. */
    static OptionalDouble within(List<Candidate> candidates) {
        int seeds = candidates.get(0).scores().size();
        if (seeds == 1) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (Candidate one : candidates) {
            for (double score : one.scores()) {
                squares += (score - one.mean()) * (score - one.mean());
            }
        }
        return OptionalDouble.of(squares / (candidates.size() * (seeds - 1.0)));
    }
}
