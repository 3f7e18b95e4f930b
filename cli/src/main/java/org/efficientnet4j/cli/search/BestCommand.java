package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
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
            description = "Also write its network as an architecture file, a MODEL for every command.")
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
                AtomicFiles.writeText(
                        architecture, ArchitectureFile.format(best.choice().model(base)));
            }
            spec.commandLine()
                    .getOut()
                    .print(json ? JsonOutput.format(TrialJson.of(best, StandInView.of(opened))) + "\n" : text(best));
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

    /** A trial in two lines. */
    static String text(Trial trial) {
        return String.format(
                Locale.ROOT,
                "Best is trial %d, %s: score %.4f%n%s parameters, %s MACs at %d px%n",
                trial.number(),
                trial.choice().label(),
                trial.score().orElseThrow(),
                SearchScreen.millions(trial.choice().cost().trainableParameters()),
                SearchScreen.millions(trial.choice().cost().macs()),
                trial.choice().size());
    }
}
