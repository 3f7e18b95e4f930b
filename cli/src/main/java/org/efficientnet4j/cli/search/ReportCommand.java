package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.search.report.StudyReport;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search report}: a study as an HTML page. */
@Command(
        name = "report",
        description = "Writes a study as one HTML page: plots, the best trial and the networks it implies.",
        footer = {"", "Example:", "  effnet search report --study study.db --out report.html"})
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyFile study;

    @Option(names = "--out", required = true, paramLabel = "F.html", description = "The page to write.")
    private Path out;

    /** Created by the command line. */
    public ReportCommand() {}

    @Override
    public Integer call() {
        StudySpecification search;
        List<Trial> trials;
        try (Study opened = study.open()) {
            search = StudySpecification.parse(opened.specification());
            trials = opened.trials();
        }
        Map<String, String> settings = new TreeMap<>(search.flags());
        settings.put("search", search.space().command());
        StudyReport report = new StudyReport(
                title(search.space().command()),
                settings,
                search.base(),
                search.classes(),
                search.budgets().latencyMillis(),
                trials,
                Optional.of(search));
        AtomicFiles.writeText(out, report.html());
        spec.commandLine().getOut().println("Wrote " + out);
        return ExitCode.OK;
    }

    private static String title(String command) {
        return switch (command) {
            case "grid" -> "Search for scaling coefficients";
            case "phi" -> "Search for phi";
            case "blocks" -> "Search for a base network";
            default -> "Depth, width, resolution";
        };
    }
}
