package org.efficientnet4j.train.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/** Keeps metrics.jsonl: an object a line and epoch, with the columns of metrics.csv; what was not measured is absent. */
public final class MetricsJsonLines implements MetricsTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** @param file to keep; it need not exist yet */
    public MetricsJsonLines(Path file) {
        this.file = file;
    }

    @Override
    public void keepEpochs(int completed) {
        List<String> kept = new ArrayList<>();
        for (String line : lines()) {
            if (epochOf(line) <= completed) {
                kept.add(line);
            }
        }
        write(kept);
    }

    @Override
    public void append(EpochMetrics metrics) {
        List<String> lines = new ArrayList<>(lines());
        lines.add(object(metrics).toString());
        write(lines);
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + file + ": " + FileErrors.reason(e), e);
        }
    }

    private int epochOf(String line) {
        try {
            JsonNode epoch = JSON.readTree(line).path("epoch");
            if (epoch.canConvertToInt()) {
                return epoch.intValue();
            }
            throw new InvalidInputException(
                    file + " has a line without an epoch: " + line + ". Mend or delete the file, then resume");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    file + " has a line that is not JSON: '" + line + "'. Mend or delete the file, then resume", e);
        }
    }

    private void write(List<String> lines) {
        String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
        AtomicFiles.writeText(file, text);
    }

    private static ObjectNode object(EpochMetrics m) {
        ObjectNode line = JSON.createObjectNode()
                .put("epoch", m.epoch())
                .put("step", m.step())
                .put("trainLoss", m.trainLoss())
                .put("trainAccuracy", m.trainAccuracy());
        m.validation().ifPresent(validation -> line.put("validationLoss", validation.loss())
                .put("top1", validation.top1())
                .put("top5", validation.top5()));
        line.put("learningRate", m.learningRate())
                .put("imagesPerSecond", m.imagesPerSecond())
                .put("seconds", m.seconds())
                .put("dataWait", m.dataWait());
        m.phase().ifPresent(phase -> put(line, phase));
        return line;
    }

    private static void put(ObjectNode line, ProgressivePhase phase) {
        line.put("size", phase.size())
                .put("batch", phase.batch())
                .put("dropout", phase.strengths().dropout())
                .put("dropConnectRate", phase.strengths().dropConnectRate())
                .put("randAugment", phase.strengths().randAugment())
                .put("mixup", phase.strengths().mixup())
                .put("cutmix", phase.strengths().cutmix());
    }
}
