package org.efficientnet4j.train.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;

/** Keeps metrics.csv: a row an epoch, empty cells for what was not measured. */
public final class MetricsWriter implements MetricsTable {
    private static final String HEADER =
            "epoch,step,trainLoss,trainAccuracy,validationLoss,top1,top5,learningRate,imagesPerSecond,seconds,"
                    + "size,batch,dropout,dropConnectRate,randAugment,mixup,cutmix,dataWait";

    private final Path file;

    /** @param file to keep; it need not exist yet */
    public MetricsWriter(Path file) {
        this.file = file;
    }

    @Override
    public void keepEpochs(int completed) {
        List<String> kept = new ArrayList<>(List.of(HEADER));
        for (String row : rows()) {
            if (epochOf(row) <= completed) {
                kept.add(row);
            }
        }
        write(kept);
    }

    /**
     * The file is small and rewritten whole, so that a full disk or a crash leaves no half row.
     *
     * @throws InvalidInputException if it cannot be written
     */
    @Override
    public void append(EpochMetrics metrics) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows());
        lines.add(row(metrics));
        write(lines);
    }

    private List<String> rows() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? lines : lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + file + ": " + FileErrors.reason(e), e);
        }
    }

    private int epochOf(String row) {
        try {
            return Integer.parseInt(row.substring(0, Math.max(0, row.indexOf(','))));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    file + " has a row without an epoch: '" + row + "'. Mend or delete the file, then resume", e);
        }
    }

    private void write(List<String> lines) {
        AtomicFiles.writeText(file, String.join("\n", lines) + "\n");
    }

    private static String row(EpochMetrics m) {
        String validation = m.validation().map(MetricsWriter::cells).orElse(",,");
        return m.epoch() + "," + m.step() + "," + m.trainLoss() + "," + m.trainAccuracy() + "," + validation + ","
                + m.learningRate() + "," + m.imagesPerSecond() + "," + m.seconds() + ","
                + m.phase().map(MetricsWriter::cells).orElse(",,,,,,") + "," + m.dataWait();
    }

    private static String cells(EvaluationResult validation) {
        return validation.loss() + "," + validation.top1() + "," + validation.top5();
    }

    private static String cells(ProgressivePhase phase) {
        Strengths strengths = phase.strengths();
        return phase.size() + "," + phase.batch() + "," + strengths.dropout() + "," + strengths.dropConnectRate() + ","
                + strengths.randAugment() + "," + strengths.mixup() + "," + strengths.cutmix();
    }
}
