package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.progress.ProgressBar;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Standings.Standing;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search list}: every trial of a study. */
@Command(
        name = "list",
        description = "Lists a study's trials.",
        footer = {"", "Example:", "  effnet search list --study study.db --json"})
public final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyFile study;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public ListCommand() {}

    @Override
    public Integer call() {
        List<Trial> trials;
        Optional<StandInView> view;
        OptionalDouble latencyBudget;
        try (Study opened = study.open()) {
            trials = opened.trials();
            view = StandInView.of(opened);
            latencyBudget =
                    StudySpecification.parseBudgets(opened.specification()).latencyMillis();
        }
        PrintWriter out = spec.commandLine().getOut();
        StandingsText standings = new StandingsText(trials, view, latencyBudget);
        if (json) {
            out.println(JsonOutput.format(trials.stream()
                    .map(trial -> {
                        Map<String, Object> row = TrialJson.of(trial, view);
                        standings.put(row, trial);
                        return row;
                    })
                    .toList()));
            return ExitCode.OK;
        }
        TextTable table = new TextTable(
                "trial",
                "choice",
                "parameters",
                "MACs",
                "ratio",
                "trained",
                "ratio",
                "map",
                "state",
                "score",
                "error",
                "level",
                "latency",
                "time");
        for (Trial trial : trials) {
            Optional<Standing> standing = standings.of(trial);
            Optional<StandIn> standIn = view.map(known -> known.standIn(trial.choice()));
            table.row(
                    trial.number(),
                    trial.choice().label(),
                    SearchScreen.millions(trial.choice().cost().trainableParameters()),
                    SearchScreen.millions(trial.choice().cost().macs()),
                    standIn.map(one -> SearchScreen.ratio(one.wholeRatio())).orElse("-"),
                    standIn.map(SearchScreen::trained).orElse("-"),
                    standIn.map(one -> SearchScreen.ratio(one.macsRatio())).orElse("-"),
                    standIn.map(one -> one.map() + " x " + one.map()).orElse("-"),
                    state(trial),
                    score(trial.score()),
                    score(standing.map(Standing::standardError).orElse(OptionalDouble.empty())),
                    standing.map(one -> one.level() ? "yes" : "no").orElse("-"),
                    latency(trial.measure(TrialOutcome.LATENCY_MILLIS)),
                    trial.duration().map(ProgressBar::time).orElse("-"));
        }
        out.print(table);
        out.println("level: yes if it cannot be told from the best; error rate 0.05 over all comparisons.");
        printErrors(trials, out);
        return ExitCode.OK;
    }

    private static String score(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
    }

    private static String latency(OptionalDouble millis) {
        return millis.isPresent() ? String.format(Locale.ROOT, "%.1f ms", millis.getAsDouble()) : "-";
    }

    private static String state(Trial trial) {
        String state = trial.state().name().toLowerCase(Locale.ROOT);
        return switch (trial.role()) {
            case SEARCH ->
                trial.sameAs().isPresent() ? "as trial " + trial.sameAs().getAsInt() : state;
            case CONFIRM, LEADER -> state + ", repeats " + trial.repeats().orElseThrow();
            case TEST -> state + ", tests " + trial.repeats().orElseThrow();
            case FAMILY -> state + ", of the family";
        };
    }

    private static void printErrors(List<Trial> trials, PrintWriter out) {
        for (Trial trial : trials) {
            if (trial.state() == TrialState.FAILED) {
                out.println("trial " + trial.number() + ": "
                        + Printable.line(
                                trial.error().orElse("").lines().findFirst().orElse("")));
            }
        }
    }
}
