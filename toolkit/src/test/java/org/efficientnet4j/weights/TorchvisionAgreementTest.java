package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.evaluate.Logits;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.weights.names.TensorBinding;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds our networks against what torchvision computed, in the folders that {@code reference/export_torchvision.py} writes:
 * the two tiny ones of the repository, and all those below {@code -Defficientnet4j.reference=DIR}
 * ({@code toolkit/compare-with-torchvision} makes them).
 */
class TorchvisionAgreementTest {
    /**
     * A shift before another batch norm has no gradient; what floats make of that is less than this share of the network's
     * largest.
     */
    private static final double NOISE = 1e-3;

    private static final String REFERENCE = "efficientnet4j.reference";

    static Stream<Path> cases() throws IOException, URISyntaxException {
        Path own = Path.of(
                TorchvisionAgreementTest.class.getResource("/torchvision").toURI());
        String more = System.getProperty(REFERENCE);
        return more == null ? casesIn(own) : Stream.concat(casesIn(own), casesIn(Path.of(more)));
    }

    private static Stream<Path> casesIn(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(each.resolve("case.json"))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTorchvisionsLogits(Path folder) throws IOException {
        ComputationGraph network = network(folder);
        INDArray expected = array(folder.resolve("logits.npy"));
        assertClose(expected, Logits.of(network, array(folder.resolve("input.npy"))), 1e-4, 0, "logits");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTorchvisionsGradients(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.exists(folder.resolve("gradients.safetensors")), "no gradients were exported");
        WeightImport weightImport = weightImport(folder);
        ComputationGraph network = network(folder);
        int classes = classes(folder);
        INDArray labels = array(folder.resolve("labels.npy"));
        INDArray oneHot = Nd4j.zeros(DataType.FLOAT, labels.length(), classes);
        for (int i = 0; i < labels.length(); i++) {
            oneHot.putScalar(i, labels.getInt(i), 1);
        }
        network.setInputs(array(folder.resolve("input.npy")));
        network.setLabels(oneHot);
        network.computeGradientAndScore();

        assertEquals(array(folder.resolve("loss.npy")).getDouble(0), network.score(), 1e-4);
        try (TensorFile gradients = WeightFiles.open(folder.resolve("gradients.safetensors"))) {
            List<TensorBinding> bindings = WeightSource.TORCHVISION
                    .names()
                    .bindings(weightImport.model().architecture(), classes);
            double noise = NOISE * largest(gradients);
            for (TensorBinding binding : bindings) {
                if (gradients.find(binding.name()).isPresent()) {
                    // DL4J sums over the batch here and divides when it updates.
                    INDArray sums = network.gradient().getGradientFor(binding.parameter());
                    INDArray ours = sums.div(labels.length());
                    float[] expected = binding.toOurs(gradients.read(binding.name()));
                    assertClose(Nd4j.create(expected, ours.shape(), 'c'), ours, 1e-3, noise, binding.name());
                }
            }
            long parameters = bindings.stream()
                    .filter(binding -> !binding.name().contains(".running_"))
                    .count();
            assertEquals(parameters, gradients.tensors().size());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesTheWeightsBackAsTheyWere(Path folder, @TempDir Path temporary) throws IOException {
        Path written = temporary.resolve("weights.safetensors");
        WeightImport weightImport = weightImport(folder);
        ComputationGraph network = network(folder);
        WeightExport.write(network, weightImport.model(), WeightSource.TORCHVISION, written);
        try (TensorFile before = WeightFiles.open(folder.resolve("weights.safetensors"));
                TensorFile after = WeightFiles.open(written)) {
            assertEquals(before.tensors().size(), after.tensors().size());
            for (TensorInfo tensor : before.tensors()) {
                assertEquals(tensor, after.find(tensor.name()).orElseThrow());
                assertTrue(Arrays.equals(before.read(tensor.name()), after.read(tensor.name())), tensor.name());
            }
        }
    }

    private static ComputationGraph network(Path folder) throws IOException {
        WeightImport weightImport = weightImport(folder);
        GraphOptions options = weightImport
                .options(classes(folder))
                .dropout(0)
                .dropConnectRate(0)
                .build();
        try (TensorFile file = WeightFiles.open(folder.resolve("weights.safetensors"))) {
            return weightImport.read(file, options);
        }
    }

    private static WeightImport weightImport(Path folder) throws IOException {
        String model = description(folder).get("model").asText();
        return new WeightImport(
                model.endsWith(".yaml") ? folder.resolve(model).toString() : model, WeightSource.TORCHVISION);
    }

    private static int classes(Path folder) throws IOException {
        return description(folder).get("classes").asInt();
    }

    private static JsonNode description(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("case.json").toFile());
    }

    private static INDArray array(Path file) {
        NpyFile npy = NpyFile.read(file);
        long[] shape = npy.shape().stream().mapToLong(Long::longValue).toArray();
        return Nd4j.create(npy.values(), shape, 'c');
    }

    private static double largest(TensorFile gradients) {
        return gradients.tensors().stream()
                .map(tensor -> Nd4j.createFromArray(gradients.read(tensor.name())))
                .mapToDouble(values -> values.amaxNumber().doubleValue())
                .max()
                .orElseThrow();
    }

    /** Within a share of the largest expected element, or of the noise if that is larger. */
    private static void assertClose(INDArray expected, INDArray actual, double tolerance, double noise, String what) {
        double largest = Math.max(noise, expected.amaxNumber().doubleValue());
        double worst =
                expected.sub(actual.reshape('c', expected.shape())).amaxNumber().doubleValue();
        assertTrue(worst <= tolerance * largest, what + " differs by " + worst + " where the largest is " + largest);
    }
}
