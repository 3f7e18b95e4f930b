package org.efficientnet4j.cli.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.efficientnet4j.search.sampler.Outlook;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.statistics.Conclusions;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.statistics.Standings;
import org.efficientnet4j.search.statistics.Standings.Standing;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;

/** Conclusions from a study's scores, in sentences and as JSON. */
final class StandingsText {
    private final List<Trial> trials;
    private final Optional<Standings> standings;
    private final Optional<Outlook> outlook;

    StandingsText(List<Trial> trials, Optional<StandInView> view, OptionalDouble latencyMillis) {
        this.trials = trials;
        Function<Choice, Object> identity =
                view.map(known -> known.search().identity()).orElse(choice -> choice);
        this.outlook = view.map(StandInView::search)
                .flatMap(search -> search.space() instanceof ScalingSearch scaling
                        ? scaling.outlook(search, trials, 0)
                        : Optional.empty());
        this.standings = Standings.of(BestTrials.ranked(trials, latencyMillis), identity);
    }

    /** The standing of a trial's network among all; empty for a trial that is not compared. */
    Optional<Standing> of(Trial trial) {
        int number = trial.sameAs().orElse(trial.number());
        return standings.stream()
                .flatMap(all -> all.standings().stream())
                .filter(one -> one.trial().number() == number)
                .findFirst();
    }

    /** The sentences below a best trial. */
    String sentences() {
        return Stream.concat(Conclusions.of(trials, standings).stream(), outlook.map(this::sentence).stream())
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private String sentence(Outlook found) {
        return String.format(
                        Locale.ROOT,
                        "By the process's mean over all measurements trial %d is best, %s: %.4f ± %.4f; measured %s.",
                        found.best().number(),
                        found.best().choice().label(),
                        found.belief().mean(),
                        found.belief().deviation(),
                        found.best().measured().size() == 1
                                ? "once"
                                : found.best().measured().size() + " times")
                + found.caution(standings.map(all -> all.best().standardError()).orElse(OptionalDouble.empty()));
    }

    /** A trial's place among all: its error, its distance to the best and its error, and whether it can be told apart. */
    void put(Map<String, Object> json, Trial trial) {
        of(trial).ifPresent(one -> {
            json.put("standardError", orNull(one.standardError()));
            json.put("belowBest", one.toBest().mean());
            json.put("belowBestError", orNull(one.toBest().standardError()));
            json.put("levelWithBest", one.level());
        });
    }

    /** All that is told of the best. */
    void putConclusions(Map<String, Object> json) {
        standings.ifPresent(all -> {
            json.put("networks", all.standings().size());
            json.put(
                    "cannotBeToldFromBest",
                    all.level().stream().map(one -> one.trial().number()).toList());
            json.put("selectionBias", orNull(all.bias()));
            json.put("aboveChance", all.aboveChance());
        });
        outlook.ifPresent(found -> {
            Map<String, Object> incumbent = new LinkedHashMap<>();
            incumbent.put("number", found.best().number());
            incumbent.put("mean", found.belief().mean());
            incumbent.put("deviation", found.belief().deviation());
            incumbent.put("measurements", found.best().measured().size());
            json.put("incumbent", incumbent);
        });
        Confirmation.of(trials).ifPresent(found -> {
            Map<String, Object> confirmed = new LinkedHashMap<>();
            confirmed.put("number", found.chosen().number());
            confirmed.put("score", found.standings().best().score());
            confirmed.put("standardError", orNull(found.standings().best().standardError()));
            confirmed.put("seeds", found.standings().best().trial().seeds());
            confirmed.put(
                    "leaders",
                    found.standings().standings().stream()
                            .map(one -> one.trial().repeats().orElseThrow())
                            .toList());
            confirmed.put(
                    "cannotBeToldFromBest",
                    found.standings().level().stream()
                            .map(one -> one.trial().repeats().orElseThrow())
                            .toList());
            confirmed.put("testScore", orNull(found.test().map(Trial::score).orElse(OptionalDouble.empty())));
            confirmed.put("testError", orNull(found.testError()));
            json.put("confirmed", confirmed);
        });
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
