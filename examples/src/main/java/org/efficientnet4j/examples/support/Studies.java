package org.efficientnet4j.examples.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;

/** Searches as the examples begin, watch and go on with them. */
public final class Studies {
    private Studies() {}

    /**
     * Begins a search, or goes on with it where its file is there already.
     *
     * @throws InvalidInputException if the file holds another search
     */
    public static Search open(StudySpecification specification, Path file) {
        if (!Files.exists(file)) {
            return Search.create(specification, file);
        }
        Search earlier = Search.open(file);
        if (!earlier.specification().equals(specification.withAbsoluteData())) {
            earlier.close();
            throw new InvalidInputException(
                    "The study in " + file + " must be this search to go on with it, found another"
                            + " one: name another --out, or delete the file");
        }
        System.out.println("Going on with " + file + ": what has ended there is not tried again.");
        return earlier;
    }

    /** A listener that prints each trial when it ends. */
    public static BaseStatusListener lines(Search search) {
        return new BaseStatusListener() {
            @Override
            public void onCandidateStatusChange(
                    CandidateInfo candidate, IOptimizationRunner runner, OptimizationResult result) {
                search.study().trials().stream()
                        .filter(trial -> trial.number() == candidate.getIndex()
                                && trial.state().ended())
                        .findFirst()
                        .ifPresent(trial -> System.out.println("  " + line(trial)));
            }
        };
    }

    /** A trial in a line. */
    public static String line(Trial trial) {
        OptionalDouble score = trial.score();
        return String.format(
                Locale.ROOT,
                "trial %2d  %-32s %3d px  %6.1f M MACs  %s",
                trial.number(),
                trial.choice().label(),
                trial.choice().size(),
                trial.choice().cost().macs() / 1e6,
                score.isPresent()
                        ? String.format(Locale.ROOT, "score %.3f", score.getAsDouble())
                        : trial.state()
                                + trial.error()
                                        .flatMap(error -> error.lines().findFirst())
                                        .map(line -> ": " + line)
                                        .orElse(""));
    }

    /**
     * The best trial.
     *
     * @throws InvalidInputException if none came to a score
     */
    public static Trial best(Search search) {
        return search.best()
                .orElseThrow(() -> new InvalidInputException("Some trial must come to a score, found none of "
                        + search.study().trials().size()
                        + ": raise the budget, or look at what the lines above say"));
    }

    /** Prints the best trials, the best first. */
    public static void printBest(Search search, int most) {
        System.out.println("The best:");
        BestTrials.ranked(
                        search.study().trials(),
                        search.specification().budgets().latencyMillis())
                .stream()
                .limit(most)
                .forEach(trial -> System.out.println("  " + line(trial)));
    }
}
