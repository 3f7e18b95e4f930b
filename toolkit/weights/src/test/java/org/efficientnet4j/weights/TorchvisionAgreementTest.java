package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
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

    static Stream<ReferenceCase> cases() throws IOException, URISyntaxException {
        return ReferenceCase.in("/torchvision", REFERENCE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTorchvisionsLogits(ReferenceCase reference) throws IOException {
        ComputationGraph network = network(reference);
        INDArray expected = reference.array("logits.npy");
        ReferenceCase.assertClose(expected, Logits.of(network, reference.array("input.npy")), 1e-4, 0, "logits");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesTorchvisionsGradients(ReferenceCase reference) throws IOException {
        Assumptions.assumeTrue(Files.exists(reference.file("gradients.safetensors")), "no gradients were exported");
        WeightImport weightImport = weightImport(reference);
        ComputationGraph network = network(reference);
        int classes = reference.classes();
        INDArray labels = reference.array("labels.npy");
        INDArray oneHot = Nd4j.zeros(DataType.FLOAT, labels.length(), classes);
        for (int i = 0; i < labels.length(); i++) {
            oneHot.putScalar(i, labels.getInt(i), 1);
        }
        network.setInputs(reference.array("input.npy"));
        network.setLabels(oneHot);
        network.computeGradientAndScore();

        assertEquals(reference.array("loss.npy").getDouble(0), network.score(), 1e-4);
        try (TensorFile gradients = WeightFiles.open(reference.file("gradients.safetensors"))) {
            ModelDefinition model = weightImport.model();
            List<TensorBinding> bindings =
                    WeightSource.TORCHVISION.names(model).bindings(model.plan(PlanSettings.classes(classes)));
            double noise = NOISE * largest(gradients);
            for (TensorBinding binding : bindings) {
                if (gradients.find(binding.name()).isPresent()) {
                    // DL4J sums over the batch here and divides when it updates.
                    INDArray sums = network.gradient().getGradientFor(binding.parameter());
                    INDArray ours = sums.div(labels.length());
                    float[] expected = binding.toOurs(gradients.read(binding.name()));
                    ReferenceCase.assertClose(
                            Nd4j.create(expected, ours.shape(), 'c'), ours, 1e-3, noise, binding.name());
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
    void writesTheWeightsBackAsTheyWere(ReferenceCase reference, @TempDir Path temporary) throws IOException {
        Path written = temporary.resolve("weights.safetensors");
        WeightImport weightImport = weightImport(reference);
        ComputationGraph network = network(reference);
        WeightExport.write(network, weightImport.model(), WeightSource.TORCHVISION, written);
        try (TensorFile before = WeightFiles.open(reference.file("weights.safetensors"));
                TensorFile after = WeightFiles.open(written)) {
            assertEquals(before.tensors().size(), after.tensors().size());
            for (TensorInfo tensor : before.tensors()) {
                assertEquals(tensor, after.find(tensor.name()).orElseThrow());
                assertTrue(Arrays.equals(before.read(tensor.name()), after.read(tensor.name())), tensor.name());
            }
        }
    }

    private static ComputationGraph network(ReferenceCase reference) throws IOException {
        WeightImport weightImport = weightImport(reference);
        GraphOptions options = weightImport
                .options(reference.classes())
                .dropout(0)
                .dropConnectRate(0)
                .build();
        try (TensorFile file = WeightFiles.open(reference.file("weights.safetensors"))) {
            return weightImport.read(file, options);
        }
    }

    private static WeightImport weightImport(ReferenceCase reference) {
        return new WeightImport(reference.model(), ModelCatalog.find(reference.model()), WeightSource.TORCHVISION);
    }

    private static double largest(TensorFile gradients) {
        return gradients.tensors().stream()
                .map(tensor -> Nd4j.createFromArray(gradients.read(tensor.name())))
                .mapToDouble(values -> values.amaxNumber().doubleValue())
                .max()
                .orElseThrow();
    }
}
