package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers' configurations as JSON: today's, and version 0.1's ({@code configuration-v0.1.json} is of a file it wrote). */
class LayerConfigurationTest {
    private static final BatchNorm NORM = new BatchNorm(1e-3, 0.99);

    private static String version1() throws IOException {
        try (InputStream file = LayerConfigurationTest.class.getResourceAsStream("configuration-v0.1.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Layer layer(ComputationGraphConfiguration configuration, String name) {
        return ((LayerVertex) configuration.getVertices().get(name))
                .getLayerConf()
                .getLayer();
    }

    @Test
    void readsVersion1sLayers() throws IOException {
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(version1());
        assertEquals(
                new ConvolutionSettings(3, 8, 3, 2, Padding.SAME, 1, Activation.SWISH, Optional.of(NORM)),
                ((ConvolutionBlock) layer(read, "stem")).settings());
        assertEquals(
                new ConvolutionSettings(8, 8, 3, 1, Padding.SAME, 8, Activation.SWISH, Optional.of(NORM)),
                ((ConvolutionBlock) layer(read, "stage1.block1.depthwise")).settings());
        assertEquals(
                Activation.NONE,
                ((ConvolutionBlock) layer(read, "stage1.block1.project"))
                        .settings()
                        .activation());
        SqueezeExciteSettings gate = ((SqueezeExcite) layer(read, "stage1.block1.squeezeExcite")).settings();
        assertEquals(SqueezeExciteSettings.swish(8, gate.reducedChannels()), gate);
        ComputationGraph network = new ComputationGraph(read);
        network.init();
        assertEquals(List.of("stem_W", "stem_gamma", "stem_beta", "stem_mean", "stem_var"), keys(network, "stem"));
    }

    private static List<String> keys(ComputationGraph network, String layer) {
        return network.paramTable().keySet().stream()
                .filter(key -> key.startsWith(layer + "_"))
                .toList();
    }

    @Test
    void writesVersion1sLayersWithTodaysFields() throws IOException {
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(version1());
        String json = read.toJson();
        assertFalse(json.contains("\"depthwise\"") || json.contains("\"swish\""), json);
        assertTrue(json.contains("\"groups\" : 8"), json);
        assertEquals(read, ComputationGraphConfiguration.fromJson(json));
    }

    @ParameterizedTest
    @EnumSource
    void keepsActivationsGroupsAndBiasThroughJson(Activation activation) {
        ConvolutionSettings biased =
                new ConvolutionSettings(6, 12, 7, 4, Padding.fixed(3), 3, activation, Optional.empty());
        ConvolutionSettings normalised =
                new ConvolutionSettings(12, 12, 2, 3, Padding.SYMMETRIC, 12, activation, Optional.of(NORM));
        SqueezeExciteSettings gate = new SqueezeExciteSettings(12, 5, activation, Activation.HARD_SIGMOID);
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("images")
                .addLayer("first", new ConvolutionBlock(biased, 1, true, "portable"), "images")
                .addLayer("second", new ConvolutionBlock(normalised, 0, true, "portable"), "first")
                .addLayer("gate", new SqueezeExcite(gate, "portable"), "second")
                .setOutputs("gate")
                .build();
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration, read);
        assertEquals(biased, ((ConvolutionBlock) layer(read, "first")).settings());
        assertEquals(normalised, ((ConvolutionBlock) layer(read, "second")).settings());
        assertEquals(gate, ((SqueezeExcite) layer(read, "gate")).settings());
        ComputationGraph network = new ComputationGraph(read);
        network.init();
        assertEquals(List.of("first_W", "first_b"), keys(network, "first"));
    }
}
