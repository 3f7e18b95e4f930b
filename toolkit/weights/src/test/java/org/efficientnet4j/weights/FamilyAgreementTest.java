package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
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

        ModelDefinition model() {
            return ModelCatalog.find(json.get("model").asText());
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
        ComputationGraph network = network(reference, DataType.FLOAT, KernelProviders.AUTOMATIC);
        INDArray logits = Logits.of(network, images(reference));
        INDArray expected = Nd4j.create(rows(reference.json().get("logits")));
        ReferenceCase.assertClose(expected, logits, 1e-4, 0, "logits");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTheLibrarysGradients(Case reference) {
        Assumptions.assumeTrue(reference.json().has("gradients"), "no gradients were exported");
        ComputationGraph network = network(reference, DataType.DOUBLE, "portable");
        network.setInputs(images(reference).castTo(DataType.DOUBLE));
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
        for (TensorBinding binding : bindings(reference)) {
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

    private static INDArray images(Case reference) {
        int height = reference.integer("height");
        int width = reference.integer("width");
        return Nd4j.create(hashed("images", 2 * 3 * height * width), new long[] {2, 3, height, width}, 'c');
    }

    private static List<TensorBinding> bindings(Case reference) {
        ModelDefinition model = reference.model();
        return reference.source().names(model).bindings(model.plan(PlanSettings.classes(reference.integer("classes"))));
    }

    private static ComputationGraph network(Case reference, DataType type, String kernels) {
        ModelDefinition model = reference.model();
        Convention convention =
                reference.source().convention(reference.json().get("model").asText(), model);
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(reference.integer("classes"))
                        .padding(convention.padding())
                        .batchNormEpsilon(convention.batchNorm().epsilon())
                        .batchNormDecay(convention.batchNorm().decay())
                        .dropout(0)
                        .dropConnectRate(0)
                        .dataType(type)
                        .kernels(kernels)
                        .build());
        for (TensorBinding binding : bindings(reference)) {
            long[] shape = network.getParam(binding.parameter()).shape();
            network.setParam(
                    binding.parameter(),
                    Nd4j.create(binding.toOurs(values(binding)), shape, 'c').castTo(type));
        }
        return network;
    }

    /** {@code values} of the script. */
    private static float[] values(TensorBinding binding) {
        List<Long> shape = binding.shape();
        int count = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
        float[] values = hashed(binding.name(), count);
        boolean near1 =
                binding.name().endsWith("running_var") || (binding.name().endsWith(".weight") && shape.size() == 1);
        float scale = shape.size() == 1 ? 0.1f : (float) Math.sqrt(6.0 / (count / shape.get(0)));
        for (int i = 0; i < count; i++) {
            values[i] = near1 ? 1 + 0.5f * values[i] : scale * values[i];
        }
        return values;
    }

    /** {@code hashed} of the script. */
    private static float[] hashed(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int start = (int) crc.getValue();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int x = i * 0x9E3779B9 + start;
            x ^= x >>> 16;
            x *= 2146121005;
            x ^= x >>> 15;
            x *= (int) 2221713035L;
            x ^= x >>> 16;
            values[i] = (x >>> 8) / (float) (1 << 23) - 1;
        }
        return values;
    }
}
