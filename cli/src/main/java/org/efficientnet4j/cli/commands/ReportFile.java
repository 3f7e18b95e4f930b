package org.efficientnet4j.cli.commands;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.Provenance;
import org.efficientnet4j.model.TrainedData;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.report.TrainingReport;
import org.efficientnet4j.train.run.TrainingRun;

/** Writes a finished run's report.html. */
final class ReportFile {
    private static final int MISTAKES = 24;
    private static final int SHOWN = 10;

    private ReportFile() {}

    static void write(TrainingRun run, ImageTraining training) {
        String page = new TrainingReport(run, training.judge(run, MISTAKES), provenance(run, training)).html();
        AtomicFiles.writeText(run.reportFile(), page);
    }

    private static Map<String, String> provenance(TrainingRun run, ImageTraining training) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("training images", training.data().train().description());
        facts.put("held-out images", training.data().validation().description());
        if (!training.data().leftOut().isEmpty()) {
            facts.put("files left out", DataNotes.line(training.data().leftOut()));
        }
        ClassCounts counts = ClassCounts.of(training.data());
        facts.put("classes", counts.line());
        List<String> warnings = counts.warnings(training.data().leftOut());
        if (!warnings.isEmpty()) {
            facts.put("warnings", String.join(" ", warnings));
        }
        if (!training.skipped().isEmpty()) {
            facts.put("images that could not be read", skipped(training.skipped()));
        }
        TrainedData record = training.dataRecord();
        facts.put(
                "images to learn from, SHA-256 of names, sizes and labels",
                record.train().sha256());
        facts.put("held-out images, the same", record.validation().sha256());
        facts.put("run directory", run.directory().toAbsolutePath().normalize().toString());
        ModelFile.readMetadata(run.modelFile()).provenance().ifPresent(from -> put(facts, from));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    private static String skipped(List<SkippedImage> images) {
        return images.size() + ": "
                + images.stream()
                        .limit(SHOWN)
                        .map(image -> image.id() + " (" + image.reason() + ")")
                        .collect(Collectors.joining("; "))
                + (images.size() > SHOWN ? "; ..." : "");
    }

    private static void put(Map<String, String> facts, Provenance from) {
        facts.put("config.yaml, SHA-256", from.configSha256());
        facts.put("EfficientNet4J", from.toolkit());
        facts.put("Java", from.java());
        facts.put("system", from.system());
        facts.put("best epoch saved at", from.finished());
    }
}
