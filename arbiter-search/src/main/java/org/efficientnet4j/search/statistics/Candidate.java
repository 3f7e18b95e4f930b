package org.efficientnet4j.search.statistics;

import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.hipparchus.stat.StatUtils;

/**
 * A network's scores, seed by seed.
 *
 * @param number of its trial
 * @param scores one of each seed, at least one
 * @param factor by which a share of right answers becomes a score: 1, or what the network's cost makes of it
 * @param answers of each seed, image by image; empty where they were not kept
 */
public record Candidate(int number, List<Double> scores, double factor, List<Answers> answers) {
    /** Copies the lists. */
    public Candidate {
        scores = List.copyOf(scores);
        answers = answers.size() == scores.size() ? List.copyOf(answers) : List.of();
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("A candidate must have a score of at least 1 seed, found none");
        }
    }

    /** A complete trial's. */
    public static Candidate of(Trial trial) {
        double score = trial.score().orElseThrow();
        double accuracy = trial.measure(TrialOutcome.ACCURACY).orElse(score);
        double factor = accuracy == 0 ? 1 : score / accuracy;
        List<Double> seeds = trial.answers().isEmpty()
                ? trial.seedAccuracies()
                : trial.answers().stream().map(Answers::accuracy).toList();
        boolean known = seeds.size() == trial.seeds().size();
        return new Candidate(
                trial.number(),
                known ? seeds.stream().map(one -> one * factor).toList() : List.of(score),
                factor,
                known ? trial.answers() : List.of());
    }

    /** The mean over the seeds. */
    public double mean() {
        return StatUtils.mean(scores.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The images each seed was judged on; 0 where answers were not kept. */
    public int images() {
        return answers.isEmpty() ? 0 : answers.get(0).images();
    }

    /**
     * The standard error of the mean, from the seeds' variance and the images drawn; rather too large than too small, as
     * the seeds vary in part by the images.
     *
     * @param seedVariance of one seed's score, where several seeds tell it
     * @return empty if neither is known
     */
    OptionalDouble standardError(OptionalDouble seedVariance) {
        if (images() == 0 && seedVariance.isEmpty()) {
            return OptionalDouble.empty();
        }
        double share = mean() / factor;
        double drawn = images() == 0 ? 0 : factor * factor * Math.max(0, share * (1 - share)) / images();
        return OptionalDouble.of(Math.sqrt(drawn + seedVariance.orElse(0) / scores.size()));
    }
}
