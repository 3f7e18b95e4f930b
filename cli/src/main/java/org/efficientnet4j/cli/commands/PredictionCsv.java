package org.efficientnet4j.cli.commands;

import java.util.List;
import java.util.Locale;
import org.efficientnet4j.evaluate.Predictor.Prediction;
import org.efficientnet4j.evaluate.Predictor.Score;
import org.efficientnet4j.report.CsvCells;

/** Predictions as CSV (RFC 4180, line feeds). */
final class PredictionCsv {
    private PredictionCsv() {}

    /**
     * A file with a header.
     *
     * @param shown classes an image, left out of a submission
     * @param submission whether to write {@code id,label} alone, the id without folder and extension
     */
    static String format(List<Prediction> predictions, int shown, boolean submission) {
        StringBuilder csv = new StringBuilder(submission ? "id,label" : header(shown)).append('\n');
        for (Prediction prediction : predictions) {
            csv.append(submission ? submissionRow(prediction) : row(prediction, shown))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String header(int shown) {
        StringBuilder header = new StringBuilder("image");
        for (int rank = 1; rank <= shown; rank++) {
            header.append(",label").append(rank).append(",probability").append(rank);
        }
        return header.toString();
    }

    private static String submissionRow(Prediction prediction) {
        String name = String.valueOf(prediction.file().getFileName());
        int dot = name.lastIndexOf('.');
        return CsvCells.quoted(dot > 0 ? name.substring(0, dot) : name)
                + ","
                + CsvCells.quoted(prediction.scores().get(0).label());
    }

    private static String row(Prediction prediction, int shown) {
        StringBuilder row = new StringBuilder(CsvCells.quoted(prediction.file().toString()));
        for (Score score : prediction.scores().subList(0, shown)) {
            row.append(',').append(CsvCells.quoted(score.label()));
            row.append(String.format(Locale.ROOT, ",%.6f", score.probability()));
        }
        return row.toString();
    }
}
