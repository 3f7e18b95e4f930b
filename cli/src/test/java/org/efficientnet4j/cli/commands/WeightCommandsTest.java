package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.weights.NpyFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sends a network out as safetensors and takes it in again; torchvision's own weights are the toolkit's tests' matter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightCommandsTest {
    private Path folder;
    private String tiny;
    private String model;
    private String weights;
    private ComputationGraph network;

    @BeforeAll
    void exportWeights(@TempDir Path temporary) throws IOException {
        folder = temporary;
        tiny = TinyArchitecture.write(folder).toString();
        model = folder.resolve("model.zip").toString();
        weights = folder.resolve("tiny.safetensors").toString();
        ModelDefinition definition = ModelCatalog.find(tiny);
        network = NetworkGraph.create(
                definition,
                GraphOptions.builder(definition)
                        .classes(3)
                        .padding(Padding.SYMMETRIC)
                        .seed(4)
                        .build());
        ModelMetadata metadata = new ModelMetadata(
                definition,
                List.of("cat", "dog", "owl"),
                3,
                new Preprocessing(32, 0.875, Normalization.IMAGENET),
                Optional.empty());
        new ModelFile(network, metadata).write(Path.of(model));
        CommandLineRun export = effnet("export", model, "--safetensors", weights, "--names", "torchvision");
        assertEquals(0, export.code(), export.err());
    }

    @Test
    void computesTheLogitsOfExportedWeights() {
        INDArray images = Nd4j.randn(2, 3, 32, 40);
        Path input = folder.resolve("in.npy");
        Path output = folder.resolve("out.npy");
        new NpyFile(List.of(2L, 3L, 32L, 40L), images.dup('c').data().asFloat()).write(input);
        CommandLineRun run = effnet(
                "predict",
                "--model",
                tiny,
                "--weights",
                weights,
                "--npy",
                input.toString(),
                "--logits-out",
                output.toString(),
                "--classes",
                "3");
        assertEquals(0, run.code(), run.err());
        NpyFile logits = NpyFile.read(output);
        assertEquals(List.of(2L, 3L), logits.shape());
        assertArrayEquals(Logits.of(network, images).dup('c').data().asFloat(), logits.values(), 1e-5f);
    }

    @Test
    void importsIntoAModelFileWithLabels() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\ndog\nowl\n");
        Path out = folder.resolve("imported.zip");
        CommandLineRun run = effnet(
                "import",
                tiny,
                "--weights",
                weights,
                "--source",
                "auto",
                "--labels",
                labels.toString(),
                "--out",
                out.toString());
        assertEquals(0, run.code(), run.err());
        ModelFile imported = ModelFile.read(out);
        assertEquals(List.of("cat", "dog", "owl"), imported.metadata().labels());
        assertEquals(network.params(), imported.graph().params());
    }

    @Test
    void namesEveryTensorThatDoesNotFit() {
        CommandLineRun run = effnet(
                "import",
                tiny,
                "--weights",
                weights,
                "--source",
                "timm",
                "--labels",
                tiny,
                "--out",
                folder.resolve("never.zip").toString());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("missing: conv_stem.weight [8, 3, 3, 3] (for stem_W)"), run.err());
        assertTrue(run.err().contains("unmatched: features.0.0.weight [8, 3, 3, 3]"), run.err());
        assertFalse(Files.exists(folder.resolve("never.zip")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    predict --model efficientnet_b0                                       | missing: --weights
                    predict --model efficientnet_b99 --weights F --npy N --logits-out O   | N
                    import efficientnet_b99 --weights F --source timm --out O             | nearest names
                    import efficientnet_b0 --weights F --source timm --out O              | no weight file F
                    import efficientnet_b0 --weights F --source caffe --out O             | expected one of auto, torchvision, timm, keras, efficientnet-pytorch, found 'caffe'
                    export M                                                              | --onnx
                    """)
    void refusesWhatItCannotDo(String line, String expected) {
        CommandLineRun run = effnet(line.strip().split(" +", -1));
        assertEquals(2, run.code());
        assertTrue(run.err().contains(expected), run.err());
    }

    private static CommandLineRun effnet(String... arguments) {
        return CommandLineRun.of(arguments);
    }
}
