package org.efficientnet4j.search.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.efficientnet4j.search.statistics.Standings.Standing;
import org.efficientnet4j.search.study.Trial;

/** Sentences that say which differences between a study's scores are more than noise. */
public final class Conclusions {
    private static final int MOST_NAMED = 12;

    private Conclusions() {}

    /**
     * The sentences that belong beside a best trial.
     *
     * @param trials of the study, repetitions too
     * @param standings of the search's own trials, where any is complete
     */
    public static List<String> of(List<Trial> trials, Optional<Standings> standings) {
        List<String> lines = new ArrayList<>();
        standings.ifPresent(all -> add(all, lines));
        Confirmation.of(trials).ifPresent(found -> add(found, lines));
        return lines;
    }

    private static void add(Standings all, List<String> lines) {
        int networks = all.standings().size();
        if (!all.aboveChance()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Warning: no network is above chance (%.1f %%): train longer, on more images or larger ones.",
                    100 * all.chance().orElse(0)));
        }
        all.best()
                .standardError()
                .ifPresent(error -> lines.add(String.format(
                        Locale.ROOT,
                        "Standard error %.4f (%s%s).",
                        error,
                        counted(all.seeds(), "seed"),
                        all.images() == 0 ? "" : ", " + counted(all.images(), "image"))));
        if (all.best().standardError().isEmpty()) {
            lines.add("The scores' error is not known: one seed each, and single answers were not kept.");
        }
        if (networks > 1) {
            lines.add(level(all.level(), networks - 1));
        }
        if (all.bias().orElse(0) > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The best of %d equal networks would lie %.4f above its true score by choice alone.",
                    networks,
                    all.bias().getAsDouble()));
        }
        if (all.seeds() == 1 && networks > 1) {
            lines.add("One seed each: what a training's own chance moves is not counted. --confirm repeats the leaders"
                    + " with fresh seeds.");
        }
    }

    private static String level(List<Standing> level, int others) {
        if (level.isEmpty()) {
            return "Every other network (" + others + ") can be told from it.";
        }
        String named = level.stream()
                .limit(MOST_NAMED)
                .map(one -> String.valueOf(one.trial().number()))
                .collect(Collectors.joining(", "));
        int more = level.size() - MOST_NAMED;
        return (level.size() == 1 ? "Trial " : "Trials ") + named + (more > 0 ? " and " + more + " more" : "")
                + " cannot be told from it, of " + others + " other "
                + (others == 1 ? "network" : "networks") + " (error 5 % over all comparisons).";
    }

    private static void add(Confirmation found, List<String> lines) {
        Standing best = found.standings().best();
        lines.add(String.format(
                Locale.ROOT,
                "Repeated with %s: of %s trial %d is best, %s: score %.4f%s.",
                counted(found.standings().seeds(), "fresh seed"),
                counted(found.standings().standings().size(), "leader"),
                found.chosen().number(),
                found.chosen().choice().label(),
                best.score(),
                error(best.standardError())));
        List<Standing> level = found.standings().level();
        if (!level.isEmpty()) {
            lines.add((level.size() == 1 ? "Trial " : "Trials ")
                    + level.stream()
                            .map(one -> String.valueOf(one.trial().repeats().orElseThrow()))
                            .collect(Collectors.joining(", "))
                    + " cannot be told from it so.");
        }
        found.test()
                .ifPresent(test -> lines.add(String.format(
                        Locale.ROOT,
                        "Test score %.4f%s, on images that chose nothing%s.",
                        test.score().orElseThrow(),
                        error(found.testError()),
                        found.testsSoFar() > 1
                                ? "; the test part has judged " + found.testsSoFar() + " networks by now"
                                : "")));
    }

    private static String error(OptionalDouble error) {
        return error.isEmpty() ? "" : String.format(Locale.ROOT, " (standard error %.4f)", error.getAsDouble());
    }

    private static String counted(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
