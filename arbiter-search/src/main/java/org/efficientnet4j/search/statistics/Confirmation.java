package org.efficientnet4j.search.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/**
 * The leaders of a search measured again with fresh seeds, and the chosen one's score on images that chose nothing.
 *
 * @param standings of the repetitions
 * @param chosen the trial of the search whose repetition was best
 * @param test the chosen one's repetition on the test part, once it ended
 * @param testsSoFar how many networks the test part has judged: above 1 its scores have begun to choose
 */
public record Confirmation(Standings standings, Trial chosen, Optional<Trial> test, int testsSoFar) {
    /**
     * Scores of a study's repeated trials, and their comparison.
     *
     * @return empty unless all that were asked for last have ended, at least one of them with a score
     */
    public static Optional<Confirmation> of(List<Trial> trials) {
        List<Trial> confirming = trials.stream()
                .filter(trial -> trial.role() == TrialRole.CONFIRM)
                .toList();
        if (confirming.isEmpty()) {
            return Optional.empty();
        }
        List<Long> seeds = confirming.get(confirming.size() - 1).seeds();
        List<Trial> last =
                confirming.stream().filter(trial -> trial.seeds().equals(seeds)).toList();
        if (!last.stream().allMatch(trial -> trial.state().ended())) {
            return Optional.empty();
        }
        List<Trial> ranked = last.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .sorted(Comparator.comparingDouble(
                                (Trial trial) -> -trial.score().orElseThrow())
                        .thenComparing(Trial::number))
                .toList();
        return Standings.of(ranked, choice -> choice).map(standings -> {
            int chosen = standings.best().trial().repeats().orElseThrow();
            List<Trial> tested = trials.stream()
                    .filter(trial -> trial.role() == TrialRole.TEST && trial.state() == TrialState.COMPLETE)
                    .toList();
            Optional<Trial> test = tested.stream()
                    .filter(trial -> trial.repeats().orElse(-1) == chosen
                            && trial.seeds().equals(seeds))
                    .findFirst();
            Trial original = trials.stream()
                    .filter(trial -> trial.number() == chosen)
                    .findFirst()
                    .orElseThrow();
            return new Confirmation(standings, original, test, tested.size());
        });
    }

    /** The standard error of the test score, from seeds and images. */
    public OptionalDouble testError() {
        return test.isEmpty()
                ? OptionalDouble.empty()
                : Candidate.of(test.get()).standardError(SeedNoise.within(List.of(Candidate.of(test.get()))));
    }
}
