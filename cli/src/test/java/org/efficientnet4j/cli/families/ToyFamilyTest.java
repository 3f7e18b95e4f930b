package org.efficientnet4j.cli.families;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.export.OnnxExport;
import org.efficientnet4j.features.FeatureExtractor;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A family that test code alone knows has everything that the toolkit's own have. */
class ToyFamilyTest {
    private static final ModelDefinition TOY = ModelCatalog.find("ToyResidual");
    private static final long PARAMETERS = (27 * 16 + 32) + (9 * 16 * 16 + 32) + (16 + 1) * 4;

    private static ComputationGraph network() {
        return NetworkGraph.create(TOY, GraphOptions.builder(TOY).classes(4).build());
    }

    @Test
    void costsWhatItsLayersCost() {
        assertEquals(PARAMETERS, TOY.cost(4).trainableParameters());
        assertEquals(16 * 16 * (27 * 16 + 9 * 16 * 16) + 16 * 4, TOY.cost(4).macs());
        assertEquals(PARAMETERS + 2 * 32, network().numParams());
    }

    @Test
    void isSummarized() {
        CommandLineRun run = CommandLineRun.of("summary", "toy_residual", "--classes", "4", "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(PARAMETERS, run.json().get("trainableParameters").asLong());
    }

    @Test
    void givesFeaturesOfEachStride() {
        INDArray images = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
        Map<String, INDArray> features =
                new FeatureExtractor(network(), TOY, List.of("stride2", "pooled")).extract(images);
        assertArrayEquals(new long[] {2, 16, 16, 16}, features.get("stride2").shape());
        assertArrayEquals(new long[] {2, 16}, features.get("pooled").shape());
    }

    @Test
    void goesIntoModelFilesAndOnnx(@TempDir Path folder) {
        ModelMetadata metadata = new ModelMetadata(
                TOY, List.of("a", "b", "c", "d"), 3, new Preprocessing(32, 1, TOY.normalization()), Optional.empty());
        Path file = folder.resolve("model.zip");
        new ModelFile(network(), metadata).write(file);
        ModelFile read = ModelFile.read(file);
        assertEquals(TOY.plan(), read.metadata().model().plan());
        Path onnx = folder.resolve("model.onnx");
        OnnxExport.write(read, OnnxExport.Output.LOGITS, onnx);
        assertTrue(Files.exists(onnx));
    }
}
