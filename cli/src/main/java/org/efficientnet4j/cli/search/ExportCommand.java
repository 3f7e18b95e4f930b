package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.search.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet search export}: a study's trials for other programs. */
@Command(
        name = "export",
        description = "Writes a study's trials as a table, one row a trial.",
        footer = {"", "Example:", "  effnet search export csv --study study.db --out trials.csv"})
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format;

    @Mixin
    private StudyFile study;

    @Option(names = "--out", paramLabel = "F", description = "The file to write (standard output).")
    private Path out;

    /** Created by the command line. */
    public ExportCommand() {}

    /** File formats. */
    enum Format {
        csv
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> rows;
        try (Study opened = study.open()) {
            Optional<StandInView> view = StandInView.of(opened);
            rows = opened.trials().stream()
                    .map(trial -> TrialJson.of(trial, view))
                    .toList();
        }
        String text =
                switch (format) {
                    case csv -> csv(rows);
                };
        if (out == null) {
            spec.commandLine().getOut().print(text);
        } else {
            AtomicFiles.writeText(out, text);
        }
        return ExitCode.OK;
    }

    /** RFC 4180; lists are joined by blanks. */
    static String csv(List<Map<String, Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns));
        for (Map<String, Object> row : rows) {
            lines.add(columns.stream().map(column -> cell(row.get(column))).collect(Collectors.joining(",")));
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : value.toString();
        return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
