package org.efficientnet4j.train.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;

/**
 * Keeps a TensorBoard event file, {@code tensorboard/events.out.tfevents.0.efficientnet4j}: scalars at every epoch. See
 * them with {@code tensorboard --logdir RUN_DIRECTORY}, which shows several runs side by side from a folder above them.
 */
public final class TensorBoardEvents implements MetricsTable {
    private final Path file;

    /** @param file to keep; it need not exist yet */
    public TensorBoardEvents(Path file) {
        this.file = file;
    }

    @Override
    public void keepEpochs(int completed) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        List<byte[]> records = Files.exists(file) ? EventRecords.split(read()) : List.of();
        if (records.isEmpty()) {
            kept.writeBytes(EventRecords.version(now()));
        }
        records.stream()
                .filter(record -> EventRecords.step(record) <= completed)
                .forEach(kept::writeBytes);
        write(kept.toByteArray());
    }

    @Override
    public void append(EpochMetrics metrics) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(read());
        all.writeBytes(EventRecords.scalars(now(), metrics.epoch(), scalars(metrics)));
        write(all.toByteArray());
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + file + ": " + FileErrors.reason(e), e);
        }
    }

    private void write(byte[] bytes) {
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private static Map<String, Double> scalars(EpochMetrics m) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss/training", m.trainLoss());
        values.put("accuracy/training", m.trainAccuracy());
        m.validation().ifPresent(validation -> {
            values.put("loss/validation", validation.loss());
            values.put("accuracy/validation", validation.top1());
            values.put("accuracy/validation top-5", validation.top5());
        });
        values.put("learning rate", m.learningRate());
        values.put("images per second", m.imagesPerSecond());
        values.put("share of time waiting for images", m.dataWait());
        m.phase().ifPresent(phase -> {
            values.put("stage/size", (double) phase.size());
            values.put("stage/dropout", phase.strengths().dropout());
            values.put("stage/randAugment", phase.strengths().randAugment());
            values.put("stage/mixup", phase.strengths().mixup());
            values.put("stage/cutmix", phase.strengths().cutmix());
        });
        return values;
    }
}
