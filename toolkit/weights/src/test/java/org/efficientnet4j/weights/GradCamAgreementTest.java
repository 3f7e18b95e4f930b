package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.explain.GradCam;
import org.efficientnet4j.explain.SaliencyMap;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Grad-CAMs beside those that PyTorch computed for torchvision's networks with the same weights: {@code export_cams.py}. */
class GradCamAgreementTest {
    static List<JsonNode> cases() throws IOException {
        List<JsonNode> result = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "explain", "cams.json")
                        .toFile())
                .forEach(result::add);
        return result;
    }

    private static FormulaNetwork formula(JsonNode reference) {
        return new FormulaNetwork(
                WeightSource.TORCHVISION,
                reference.get("model").asText(),
                reference.get("classes").asInt(),
                reference.get("height").asInt(),
                reference.get("width").asInt());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areTorchs(JsonNode reference) {
        FormulaNetwork formula = formula(reference);
        ComputationGraph network = formula.network(DataType.FLOAT, KernelProviders.AUTOMATIC);
        GradCam cam =
                new GradCam(network, formula.model(), reference.get("layer").asText());
        GradCam.Outputs outputs = cam.forward(formula.images());
        int[] labels = {
            reference.get("labels").get(0).asInt(),
            reference.get("labels").get(1).asInt()
        };
        List<SaliencyMap> maps = cam.maps(outputs, labels);
        float largest = Math.max(maps.get(0).largest(), maps.get(1).largest());
        assertTrue(largest > 0, "a map must show something");
        for (int image = 0; image < labels.length; image++) {
            for (int i = 0; i < formula.classes(); i++) {
                assertEquals(
                        reference.get("probabilities").get(image).get(i).asDouble(),
                        outputs.probabilities().getDouble(image, i),
                        1e-4);
            }
            JsonNode expected = reference.get("maps").get(image);
            SaliencyMap map = maps.get(image);
            assertEquals(expected.size(), map.height());
            assertEquals(expected.get(0).size(), map.width());
            for (int i = 0; i < map.values().length; i++) {
                assertEquals(
                        expected.get(i / map.width()).get(i % map.width()).asDouble(),
                        map.values()[i],
                        1e-3 * largest,
                        "value " + i);
            }
        }
    }

    @Test
    void refusesUnknownLayersAndClasses() throws IOException {
        FormulaNetwork formula = formula(cases().get(0));
        ComputationGraph network = formula.network(DataType.FLOAT, KernelProviders.AUTOMATIC);
        InvalidInputException layer =
                assertThrows(InvalidInputException.class, () -> new GradCam(network, formula.model(), "stride3"));
        assertTrue(
                layer.getMessage().contains("stride2, stride4, stride8, stride16, stride32, last"), layer::getMessage);
        GradCam cam = new GradCam(network, formula.model(), "last");
        GradCam.Outputs outputs = cam.forward(formula.images());
        assertThrows(InvalidInputException.class, () -> cam.maps(outputs, new int[] {0, 10}));
    }
}
