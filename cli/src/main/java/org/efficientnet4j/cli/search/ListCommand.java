package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.progress.ProgressBar;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
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
        try (Study opened = study.open()) {
            trials = opened.trials();
            view = StandInView.of(opened);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(
                    trials.stream().map(trial -> TrialJson.of(trial, view)).toList()));
            return ExitCode.OK;
        }
        TextTable table = new TextTable(
                "trial", "choice", "parameters", "MACs", "ratio", "trained", "ratio", "map", "state", "score", "time");
        for (Trial trial : trials) {
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
                    trial.state().name().toLowerCase(Locale.ROOT),
                    trial.score().isPresent()
                            ? String.format(Locale.ROOT, "%.4f", trial.score().getAsDouble())
                            : "-",
                    trial.duration().map(ProgressBar::time).orElse("-"));
        }
        out.print(table);
        printErrors(trials, out);
        return ExitCode.OK;
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
