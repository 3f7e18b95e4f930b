package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.weights.names.TensorBinding;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The comparison networks and EfficientNet-Lite beside torchvision's and timm's, with weights that both sides make by one
 * formula: {@code src/test/reference/export_families.py} wrote the cases. The property {@code efficientnet4j.families} names
 * a folder of more.
 */
class FamilyAgreementTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A case, by its file's name. */
    record Case(String name, JsonNode json) {
        WeightSource source() {
            return WeightSource.valueOf(json.get("library").asText().toUpperCase(Locale.ROOT));
        }

        int integer(String key) {
            return json.get(key).asInt();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        Map<String, Case> cases = new TreeMap<>();
        read(Path.of("src", "test", "resources", "families"), cases);
        String more = System.getProperty("efficientnet4j.families");
        if (more != null) {
            read(Path.of(more), cases);
        }
        return new ArrayList<>(cases.values());
    }

    private static void read(Path folder, Map<String, Case> cases) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> {
                try {
                    String name = file.getFileName().toString();
                    cases.put(name, new Case(name, JSON.readTree(file.toFile())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheLibrarysLogits(Case reference) {
        ComputationGraph network = formula(reference).network(DataType.FLOAT, KernelProviders.AUTOMATIC);
        INDArray logits = Logits.of(network, formula(reference).images());
        INDArray expected = Nd4j.create(rows(reference.json().get("logits")));
        ReferenceCase.assertClose(expected, logits, 1e-4, 0, "logits");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheLibrarysGradients(Case reference) {
        Assumptions.assumeTrue(reference.json().has("gradients"), "no gradients were exported");
        ComputationGraph network = formula(reference).network(DataType.DOUBLE, "portable");
        network.setInputs(formula(reference).images().castTo(DataType.DOUBLE));
        network.setLabels(
                Nd4j.eye(reference.integer("classes")).castTo(DataType.DOUBLE).getRows(0, 1));
        network.computeGradientAndScore();
        assertEquals(reference.json().get("loss").asDouble(), network.score(), 1e-4);
        JsonNode gradients = reference.json().get("gradients");
        double largest = 0;
        for (JsonNode gradient : gradients) {
            largest = Math.max(largest, gradient.get("norm").asDouble());
        }
        int compared = 0;
        for (TensorBinding binding : formula(reference).bindings()) {
            JsonNode expected = gradients.get(binding.name());
            if (expected != null) {
                // DL4J sums over the batch here and divides when it updates.
                INDArray ours =
                        network.gradient().getGradientFor(binding.parameter()).div(2);
                float[] theirs = binding.toTheirs(ours.dup('c').data().asFloat());
                assertGradient(expected, theirs, 1e-5 * largest, binding.name());
                compared++;
            }
        }
        assertEquals(gradients.size(), compared);
    }

    private static FormulaNetwork formula(Case reference) {
        return new FormulaNetwork(
                reference.source(),
                reference.json().get("model").asText(),
                reference.integer("classes"),
                reference.integer("height"),
                reference.integer("width"));
    }

    private static void assertGradient(JsonNode expected, float[] ours, double noise, String name) {
        double squares = 0;
        for (float value : ours) {
            squares += (double) value * value;
        }
        double norm = expected.get("norm").asDouble();
        assertEquals(norm, Math.sqrt(squares), 1e-3 * norm + noise, name);
        for (int i = 0; i < expected.get("places").size(); i++) {
            double value = expected.get("values").get(i).asDouble();
            assertEquals(value, ours[expected.get("places").get(i).asInt()], 1e-3 * norm + noise, name);
        }
    }

    private static float[][] rows(JsonNode logits) {
        float[][] rows = new float[logits.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new float[logits.get(row).size()];
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = (float) logits.get(row).get(i).asDouble();
            }
        }
        return rows;
    }
}
