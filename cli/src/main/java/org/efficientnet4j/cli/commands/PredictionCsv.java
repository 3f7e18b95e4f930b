package org.efficientnet4j.cli.commands;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.evaluate.Predictor.Prediction;
import org.efficientnet4j.evaluate.Predictor.Score;
import org.efficientnet4j.report.CsvFiles;

/** Predictions as CSV. */
final class PredictionCsv {
    private PredictionCsv() {}

    /**
     * A file with a header.
     *
     * @param shown classes an image, left out of a submission
     * @param submission whether to write {@code id,label} alone, the id without folder and extension
     */
    static String format(List<Prediction> predictions, int shown, boolean submission) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvFiles.writer(text)) {
            csv.writeRecord(submission ? List.of("id", "label") : header(shown));
            predictions.forEach(
                    prediction -> csv.writeRecord(submission ? submissionRow(prediction) : row(prediction, shown)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> header(int shown) {
        List<String> header = new ArrayList<>(List.of("image"));
        for (int rank = 1; rank <= shown; rank++) {
            header.add("label" + rank);
            header.add("probability" + rank);
        }
        return header;
    }

    private static List<String> submissionRow(Prediction prediction) {
        String name = String.valueOf(prediction.file().getFileName());
        int dot = name.lastIndexOf('.');
        return List.of(
                dot > 0 ? name.substring(0, dot) : name,
                prediction.scores().get(0).label());
    }

    private static List<String> row(Prediction prediction, int shown) {
        List<String> row = new ArrayList<>(List.of(prediction.file().toString()));
        for (Score score : prediction.scores().subList(0, shown)) {
            row.add(score.label());
            row.add(String.format(Locale.ROOT, "%.6f", score.probability()));
        }
        return row;
    }
}
