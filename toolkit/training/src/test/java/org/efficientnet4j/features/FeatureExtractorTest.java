package org.efficientnet4j.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class FeatureExtractorTest {
    private static final ModelDefinition MODEL = ModelCatalog.find("efficientnet_b0");

    private final ComputationGraph network = NetworkGraph.create(
            MODEL, GraphOptions.builder(MODEL).classes(5).seed(2).build());

    @Test
    void namesEveryStrideAndThePooledFeatures() {
        assertEquals(
                List.of("stride2", "stride4", "stride8", "stride16", "stride32", "pooled"),
                FeatureExtractor.layers(MODEL));
    }

    /** Channels as in timm's features_only efficientnet_b0: 16 (stage 1, stride 2), 24, 40, 112, 320. */
    @Test
    void givesMapsOfEveryStrideInTheOrderAskedFor() {
        List<String> wanted = List.of("stride32", "stride2", "stride4", "stride8", "stride16", "pooled");
        Map<String, INDArray> features =
                new FeatureExtractor(network, MODEL, wanted).extract(Nd4j.randn(DataType.FLOAT, 2, 3, 64, 80));
        assertEquals(wanted, List.copyOf(features.keySet()));
        assertArrayEquals(new long[] {2, 16, 32, 40}, features.get("stride2").shape());
        assertArrayEquals(new long[] {2, 24, 16, 20}, features.get("stride4").shape());
        assertArrayEquals(new long[] {2, 40, 8, 10}, features.get("stride8").shape());
        assertArrayEquals(new long[] {2, 112, 4, 5}, features.get("stride16").shape());
        assertArrayEquals(new long[] {2, 320, 2, 3}, features.get("stride32").shape());
        assertArrayEquals(new long[] {2, 1280}, features.get("pooled").shape());
    }

    @Test
    void theClassifierOnThePooledFeaturesGivesTheNetworksAnswer() {
        INDArray images = Nd4j.randn(DataType.FLOAT, 3, 3, 32, 32);
        INDArray pooled = new FeatureExtractor(network, MODEL, List.of("pooled"))
                .extract(images)
                .get("pooled");
        INDArray logits = pooled.mmul(network.getParam("classifier_W")).addRowVector(network.getParam("classifier_b"));
        assertEquals(
                0,
                network.outputSingle(images)
                        .sub(Transforms.softmax(logits))
                        .amaxNumber()
                        .doubleValue(),
                1e-6);
    }

    @Test
    void namesTheLayersThereAre() {
        InvalidInputException error = assertThrows(
                InvalidInputException.class, () -> new FeatureExtractor(network, MODEL, List.of("stride64")));
        assertTrue(error.getMessage().contains("stride32, pooled; found stride64"), error.getMessage());
        assertThrows(InvalidInputException.class, () -> new FeatureExtractor(network, MODEL, List.of()));
    }
}
