package org.efficientnet4j.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/** Figures of a whole run, from its {@code metrics.jsonl}. */
final class RunFigures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFigures() {}

    /**
     * The time of all steps, validation left out.
     *
     * @param imagesAStep images of a step
     */
    static double seconds(Path metrics, int imagesAStep) {
        double[] steps = values(metrics, "step");
        double[] speeds = values(metrics, "imagesPerSecond");
        double seconds = 0;
        for (int i = 0; i < steps.length; i++) {
            double taken = steps[i] - (i == 0 ? 0 : steps[i - 1]);
            seconds += taken * imagesAStep / speeds[i];
        }
        return seconds;
    }

    /** The median of the epochs' speeds. */
    static double imagesPerSecond(Path metrics) {
        double[] sorted = values(metrics, "imagesPerSecond");
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A figure of each epoch, in order. */
    static List<Double> list(Path metrics, String key) {
        return Arrays.stream(values(metrics, key)).boxed().toList();
    }

    /** A figure of each epoch, in order. */
    static double[] values(Path metrics, String key) {
        try {
            double[] values = new double[0];
            for (String line : Files.readAllLines(metrics)) {
                JsonNode row = JSON.readTree(line);
                values = Arrays.copyOf(values, values.length + 1);
                values[values.length - 1] = row.path(key).asDouble();
            }
            return values;
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the metrics " + metrics + ": " + e.getMessage(), e);
        }
    }
}
