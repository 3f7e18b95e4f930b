package org.efficientnet4j.cli.commands;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.compare.ComparisonPage.Row;
import org.efficientnet4j.compare.JudgedTraining;
import org.efficientnet4j.compare.Standing;
import org.efficientnet4j.report.CsvFiles;

/** A comparison as a table for the terminal, CSV and JSON. */
record ComparisonOutput(List<Row> rows) {
    ComparisonOutput {
        rows = List.copyOf(rows);
    }

    /** The object that {@code --json} prints: {@code models}, in the order given. */
    Map<String, Object> json() {
        return Map.of("models", rows.stream().map(ComparisonOutput::json).toList());
    }

    private static Map<String, Object> json(Row row) {
        Standing standing = row.standing();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", standing.name());
        model.put("top1", standing.top1());
        model.put("deviation", finite(standing.deviation()));
        model.put("low", standing.interval().low());
        model.put("high", standing.interval().high());
        model.put("pValue", finite(standing.pValue()));
        model.put("withinNoise", standing.withinNoise());
        model.put("testImages", standing.seeds().get(0).answers().answers().size());
        model.put("trainableParameters", row.facts().trainableParameters());
        model.put("macs", row.facts().macs());
        model.put("imagesPerSecond", row.facts().inferenceImagesPerSecond());
        if (!row.validation().isEmpty()) {
            JudgedTraining first = standing.seeds().get(0);
            model.put("trainingImagesPerSecond", first.imagesPerSecond());
            model.put("peakResidentMegabytes", first.peakMegabytes());
        }
        model.put("seeds", standing.seeds().stream().map(ComparisonOutput::json).toList());
        return model;
    }

    private static Map<String, Object> json(JudgedTraining trial) {
        Map<String, Object> seed = new LinkedHashMap<>();
        seed.put("seed", trial.seed());
        seed.put("top1", trial.answers().top1());
        seed.put("loss", trial.answers().loss());
        seed.put("epochs", trial.epochs());
        seed.put("seconds", trial.seconds());
        return seed;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** A row for each network; ≈ marks those that cannot be told from the best. */
    TextTable table() {
        TextTable table =
                new TextTable("network", "", "top-1", "± seeds", "95 %", "p", "parameters", "MACs", "images/s");
        for (Row row : rows) {
            Standing standing = row.standing();
            table.row(
                    standing.name(),
                    standing.withinNoise() ? "≈" : "",
                    percent(standing.top1()),
                    Double.isNaN(standing.deviation()) ? "" : percent(standing.deviation()),
                    percent(standing.interval().low()) + " to "
                            + percent(standing.interval().high()),
                    Double.isNaN(standing.pValue()) ? "best" : String.format(Locale.ROOT, "%.3g", standing.pValue()),
                    String.format(Locale.ROOT, "%,d", row.facts().trainableParameters()),
                    String.format(Locale.ROOT, "%,d", row.facts().macs()),
                    String.format(Locale.ROOT, "%.0f", row.facts().inferenceImagesPerSecond()));
        }
        return table;
    }

    /** A line for each training of each network. */
    String csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvFiles.writer(text)) {
            csv.writeRecord(
                    "model",
                    "seed",
                    "top1",
                    "loss",
                    "test_images",
                    "epochs",
                    "seconds",
                    "training_images_per_second",
                    "peak_resident_megabytes",
                    "trainable_parameters",
                    "macs",
                    "inference_images_per_second");
            for (Row row : rows) {
                for (JudgedTraining trial : row.standing().seeds()) {
                    csv.writeRecord(record(row, trial));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> record(Row row, JudgedTraining trial) {
        List<Object> values = new ArrayList<>(List.of(
                row.standing().name(),
                trial.seed(),
                trial.answers().top1(),
                trial.answers().loss(),
                trial.answers().answers().size(),
                trial.epochs(),
                trial.seconds(),
                trial.imagesPerSecond(),
                trial.peakMegabytes(),
                row.facts().trainableParameters(),
                row.facts().macs(),
                row.facts().inferenceImagesPerSecond()));
        return values.stream().map(String::valueOf).toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
