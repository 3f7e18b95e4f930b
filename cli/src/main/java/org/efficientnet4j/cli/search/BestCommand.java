package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search best}: the trial of the highest score. */
@Command(
        name = "best",
        description = "Shows a study's best trial.",
        footer = {
            "",
            "Examples:",
            "  effnet search best --study study.db --json",
            "  effnet search best --study study.db --out best.yaml"
        })
public final class BestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyFile study;

    @Option(
            names = "--out",
            paramLabel = "F.yaml",
            description = "Also write its network, or the one chosen by --confirm, as an architecture file, a MODEL for"
                    + " every command.")
    private Path architecture;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public BestCommand() {}

    @Override
    public Integer call() {
        try (Study opened = study.open()) {
            Budgets budgets = StudySpecification.parseBudgets(opened.specification());
            Trial best =
                    BestTrials.best(opened.trials(), budgets.latencyMillis()).orElse(null);
            if (best == null) {
                spec.commandLine().getErr().println(none(budgets));
                return ExitCode.FAILURE;
            }
            if (architecture != null) {
                ModelDefinition base =
                        StudySpecification.parse(opened.specification()).base();
                Trial chosen = Confirmation.of(opened.trials())
                        .map(Confirmation::chosen)
                        .orElse(best);
                AtomicFiles.writeText(
                        architecture, ArchitectureFile.format(chosen.choice().model(base)));
            }
            Optional<StandInView> view = StandInView.of(opened);
            StandingsText standings = new StandingsText(opened.trials(), view, budgets.latencyMillis());
            spec.commandLine()
                    .getOut()
                    .print(json ? JsonOutput.format(json(best, view, standings)) + "\n" : text(best, view, standings));
            return ExitCode.OK;
        }
    }

    /** The message where there is no best trial. */
    static String none(Budgets budgets) {
        return budgets.latencyMillis().isEmpty()
                ? "The study has no complete trial yet."
                : "The study has no complete trial within the latency budget of "
                        + budgets.latencyMillis().getAsDouble() + " ms yet.";
    }

    /** A best trial with what can be told of it. */
    static Map<String, Object> json(Trial best, Optional<StandInView> view, StandingsText standings) {
        Map<String, Object> json = TrialJson.of(best, view);
        standings.put(json, best);
        standings.putConclusions(json);
        return json;
    }

    /** A best trial in a few lines. */
    static String text(Trial trial, Optional<StandInView> view, StandingsText standings) {
        String trained = view.map(known -> known.standIn(trial.choice()))
                .map(standIn -> String.format(
                        Locale.ROOT,
                        ", %s times the base's; trained as %s, %s times%n",
                        SearchScreen.ratio(standIn.wholeRatio()),
                        SearchScreen.trained(standIn),
                        SearchScreen.ratio(standIn.macsRatio())))
                .orElse(System.lineSeparator());
        OptionalDouble latency = trial.measure(TrialOutcome.LATENCY_MILLIS);
        return String.format(
                        Locale.ROOT,
                        "Best is trial %d, %s: score %.4f%n%s parameters, %s MACs at %d px",
                        trial.number(),
                        trial.choice().label(),
                        trial.score().orElseThrow(),
                        SearchScreen.millions(trial.choice().cost().trainableParameters()),
                        SearchScreen.millions(trial.choice().cost().macs()),
                        trial.choice().size())
                + (latency.isEmpty() ? "" : String.format(Locale.ROOT, ", %.1f ms", latency.getAsDouble()))
                + trained
                + standings.sentences();
    }
}
