package org.efficientnet4j.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.export.OnnxExport.Output;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ONNX Runtime is the outside implementation the files are run on. */
class OnnxExportTest {
    private static final String EVERY_BLOCK = """
            name: every-block
            size: 64
            stem: 8
            blocks:
              - r2_k3_s1_e1_i8_o8_c1
              - r2_k3_s2_e2_i8_o16_c1
              - r1_k3_s1_e1_i16_o16_se0.25
              - r2_k5_s2_e4_i16_o24_se0.25
              - r1_k3_s2_e6_i24_o32
            head: 40
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"SAME, 64, 64, 1", "SAME, 57, 33, 3", "SYMMETRIC, 64, 64, 2", "SYMMETRIC, 57, 33, 1"})
    void computesWhatTheNetworkDoes(Padding padding, int height, int width, int batch) throws Exception {
        Path architecture = Files.writeString(folder.resolve("every-block.yaml"), EVERY_BLOCK);
        ModelFile model = model(architecture.toString(), padding);
        INDArray images = Nd4j.randn(DataType.FLOAT, batch, 3, height, width);

        Path logits = folder.resolve("logits.onnx");
        OnnxExport.write(model, Output.LOGITS, logits);
        assertClose(Logits.of(model.graph(), images), run(logits, images));

        Path probabilities = folder.resolve("probabilities.onnx");
        OnnxExport.write(model, Output.PROBABILITIES, probabilities);
        assertClose(model.graph().outputSingle(images), run(probabilities, images));
    }

    @ParameterizedTest
    @CsvSource({"efficientnet_b0, 65", "efficientnet_v2_b0, 64"})
    void computesWhatAPublishedNetworkDoes(String name, int size) throws Exception {
        ModelFile model = model(name, Padding.SAME);
        INDArray images = Nd4j.randn(DataType.FLOAT, 2, 3, size, size);
        Path file = folder.resolve("published.onnx");
        OnnxExport.write(model, Output.LOGITS, file);
        assertClose(Logits.of(model.graph(), images), run(file, images));
    }

    private static ModelFile model(String name, Padding padding) {
        ModelDefinition definition = ModelCatalog.find(name);
        ComputationGraph network = NetworkGraph.create(
                definition,
                GraphOptions.builder(definition)
                        .classes(3)
                        .padding(padding)
                        .seed(5)
                        .build());
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            if (parameter.getKey().endsWith("_var") || parameter.getKey().endsWith("_gamma")) {
                INDArray values = parameter.getValue();
                network.setParam(
                        parameter.getKey(),
                        Nd4j.rand(DataType.FLOAT, values.shape()).addi(0.5));
            } else if (parameter.getKey().endsWith("_mean")
                    || parameter.getKey().endsWith("_beta")) {
                INDArray values = parameter.getValue();
                network.setParam(
                        parameter.getKey(),
                        Nd4j.randn(DataType.FLOAT, values.shape()).muli(0.1));
            }
        }
        return new ModelFile(
                network,
                new ModelMetadata(
                        definition,
                        List.of("cat", "dog", "owl"),
                        3,
                        new Preprocessing(64, 0.875, Normalization.IMAGENET),
                        Optional.empty()));
    }

    private static INDArray run(Path file, INDArray images) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(images.dup('c').data().asFloat()), images.shape());
                OrtSession.Result result = session.run(Map.of("images", input))) {
            assertEquals(
                    "cat\ndog\nowl", session.getMetadata().getCustomMetadata().get("labels"));
            assertEquals(1, result.size());
            OnnxTensor output = (OnnxTensor) result.get(0);
            assertArrayEquals(new long[] {images.size(0), 3}, output.getInfo().getShape());
            return Nd4j.create((float[][]) output.getValue());
        }
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double largest = expected.amaxNumber().doubleValue();
        double worst = expected.sub(actual).amaxNumber().doubleValue();
        assertTrue(worst <= 1e-4 * largest, "differs by " + worst + " where the largest is " + largest);
    }
}
