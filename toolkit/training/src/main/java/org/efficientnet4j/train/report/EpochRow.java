package org.efficientnet4j.train.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;

/** An epoch of a run directory's metrics.jsonl. */
record EpochRow(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws InvalidInputException if the file cannot be read or holds something else */
    static List<EpochRow> read(Path metrics) {
        try {
            List<EpochRow> rows = new ArrayList<>();
            for (String line : Files.readAllLines(metrics)) {
                rows.add(new EpochRow(JSON.readTree(line)));
            }
            return rows;
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the metrics " + metrics + ": " + e.getMessage(), e);
        }
    }

    int epoch() {
        return json.path("epoch").asInt();
    }

    OptionalDouble value(String name) {
        return json.hasNonNull(name) ? OptionalDouble.of(json.get(name).asDouble()) : OptionalDouble.empty();
    }

    /** A phase's settings that hold in all its epochs, in words; empty if the run does not say. */
    String phase() {
        if (!json.has("size")) {
            return "";
        }
        return json.get("size").asInt() + " px · dropout "
                + Text.decimal(json.get("dropout").asDouble(), 2) + strength("RandAugment", "randAugment")
                + strength("mixup", "mixup") + strength("cutmix", "cutmix");
    }

    private String strength(String name, String key) {
        double value = json.path(key).asDouble();
        return value == 0 ? "" : " · " + name + " " + Text.decimal(value, 2);
    }
}
