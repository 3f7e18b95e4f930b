package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's own layers are an outside implementation of what ours compute. */
class StockGraphTest {
    @ParameterizedTest
    @MethodSource("org.efficientnet4j.graph.TestNetworks#published")
    void holdsAsManyParametersAsTheModelCosts(ModelDefinition model) {
        ComputationGraphConfiguration configuration = StockGraph.configuration(
                model.plan(), GraphOptions.builder(model).build());
        long parameters = configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(false))
                .sum();
        assertEquals(model.cost(1000).totalParameters(), parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "SAME, 32, 32",
        "SAME, 17, 22",
        "SAME, 8, 8",
        "SYMMETRIC, 32, 32",
        "SYMMETRIC, 17, 22",
        "SYMMETRIC, 8, 9"
    })
    void agreesWithTheOwnLayersInInferenceAndTraining(Padding padding, int height, int width) {
        ModelDefinition model = TestNetworks.EVERY_BLOCK;
        GraphOptions options = TestNetworks.options(padding).build();
        ComputationGraph own = NetworkGraph.create(model, options);
        TestNetworks.unsettle(own);
        ComputationGraph stock = StockGraph.copyOf(own, model, options);
        DataSet batch = TestNetworks.batch(DataType.DOUBLE, 4, height, width);

        assertClose(stock.outputSingle(batch.getFeatures()), own.outputSingle(batch.getFeatures()), 1e-9, "output");
        assertEquals(score(stock, batch), score(own, batch), 1e-9);
        Map<String, INDArray> stockGradients = stock.gradient().gradientForVariable();
        Map<String, INDArray> ownGradients = own.gradient().gradientForVariable();
        for (String layer : new String[] {"stem", "stage2.block1.fused", "stage4.block2.project", "head"}) {
            assertClose(stockGradients.get(layer + ".conv_W"), ownGradients.get(layer + "_W"), 1e-9, layer);
            assertClose(stockGradients.get(layer + ".norm_gamma"), ownGradients.get(layer + "_gamma"), 1e-9, layer);
            assertClose(stockGradients.get(layer + ".norm_beta"), ownGradients.get(layer + "_beta"), 1e-9, layer);
        }
        String depthwise = "stage4.block1.depthwise";
        assertClose(
                stockGradients.get(depthwise + ".conv_W").permute(2, 3, 0, 1),
                ownGradients.get(depthwise + "_W"),
                1e-9,
                depthwise);
        String gate = "stage4.block1.squeezeExcite";
        assertClose(stockGradients.get(gate + ".reduce_W"), ownGradients.get(gate + "_W1"), 1e-9, gate);
        assertClose(stockGradients.get(gate + ".expand_W"), ownGradients.get(gate + "_W2"), 1e-9, gate);
        assertClose(stockGradients.get(gate + ".expand_b"), ownGradients.get(gate + "_b2"), 1e-9, gate);
    }

    /** Variances would be read as logarithms otherwise. */
    @Test
    void keepsItsBatchNormsThroughJson() {
        ModelDefinition model = ModelCatalog.find("efficientnet_v2_b0");
        ComputationGraphConfiguration configuration = StockGraph.configuration(
                model.plan(), GraphOptions.builder(model).build());
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration, read);
        for (GraphVertex vertex : read.getVertices().values()) {
            if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
                assertFalse(norm.isUseLogStd());
            }
        }
    }

    private static double score(ComputationGraph network, DataSet batch) {
        network.setInputs(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        return network.score();
    }

    private static void assertClose(INDArray expected, INDArray actual, double tolerance, String what) {
        INDArray flat = expected.dup('c').reshape(expected.length());
        double difference =
                flat.sub(actual.dup('c').reshape(actual.length())).amaxNumber().doubleValue();
        assertEquals(0, difference, tolerance * Math.max(1, flat.amaxNumber().doubleValue()), what);
        assertEquals(DataType.DOUBLE, actual.dataType());
    }
}
