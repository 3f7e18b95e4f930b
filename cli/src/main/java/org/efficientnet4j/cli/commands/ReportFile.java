package org.efficientnet4j.cli.commands;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.Provenance;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.TrainingRun;
import org.efficientnet4j.train.report.TrainingReport;

/** Writes a finished run's report.html. */
final class ReportFile {
    private static final int MISTAKES = 24;

    private ReportFile() {}

    static void write(TrainingRun run, ImageTraining training) {
        String page = new TrainingReport(run, training.judge(run, MISTAKES), provenance(run, training)).html();
        AtomicFiles.writeText(run.reportFile(), page);
    }

    private static Map<String, String> provenance(TrainingRun run, ImageTraining training) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("training images", training.data().train().description());
        facts.put("held-out images", training.data().validation().description());
        facts.put("data, SHA-256 of names and labels", training.dataSha256());
        facts.put("run directory", run.directory().toAbsolutePath().normalize().toString());
        ModelFile.readMetadata(run.modelFile()).provenance().ifPresent(from -> put(facts, from));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    private static void put(Map<String, String> facts, Provenance from) {
        facts.put("config.yaml, SHA-256", from.configSha256());
        facts.put("EfficientNet4J", from.toolkit());
        facts.put("Java", from.java());
        facts.put("system", from.system());
        facts.put("best epoch saved at", from.finished());
    }
}
