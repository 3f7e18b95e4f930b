package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class NetworkGraphTest {
    @ParameterizedTest
    @MethodSource("org.efficientnet4j.graph.TestNetworks#published")
    void holdsAsManyParametersAsTheModelCosts(ModelDefinition model) {
        ComputationGraphConfiguration configuration = NetworkGraph.configuration(
                model.plan(), GraphOptions.builder(model).build());
        assertEquals(model.cost(1000).totalParameters(), parameters(configuration));
    }

    @ParameterizedTest
    @MethodSource("org.efficientnet4j.graph.TestNetworks#published")
    void survivesJson(ModelDefinition model) {
        ComputationGraphConfiguration configuration = NetworkGraph.configuration(
                model.plan(), GraphOptions.builder(model).build());
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration, read);
        assertEquals(configuration.toJson(), read.toJson());
    }

    @Test
    void predictsTheSameAfterSavingAndLoading(@TempDir Path folder) throws IOException {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK, TestNetworks.options(Padding.SAME).build());
        TestNetworks.unsettle(network);
        DataSet batch = TestNetworks.batch(DataType.DOUBLE, 2, 32, 32);
        network.fit(batch);
        File file = folder.resolve("model.zip").toFile();
        ModelSerializer.writeModel(network, file, true);
        ComputationGraph read = ModelSerializer.restoreComputationGraph(file, true);
        assertEquals(network.outputSingle(batch.getFeatures()), read.outputSingle(batch.getFeatures()));
        network.fit(batch);
        read.fit(batch);
        assertEquals(network.params(), read.params());
    }

    @Test
    void takesAnyImageSizeAndShape() {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK, TestNetworks.options(Padding.SAME).build());
        for (int[] size : new int[][] {{32, 32}, {33, 47}, {20, 64}, {9, 8}}) {
            INDArray output = network.outputSingle(Nd4j.randn(DataType.DOUBLE, 2, 3, size[0], size[1]));
            assertArrayEquals(new long[] {2, TestNetworks.CLASSES}, output.shape());
            assertEquals(2.0, output.sumNumber().doubleValue(), 1e-9);
        }
    }

    @Test
    void readsChannelsLastMemoryAsWell() {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK, TestNetworks.options(Padding.SAME).build());
        INDArray channelsFirst = Nd4j.randn(DataType.DOUBLE, 2, 3, 16, 20);
        INDArray channelsLast = channelsFirst.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
        assertEquals(network.outputSingle(channelsFirst), network.outputSingle(channelsLast));
    }

    @Test
    void givesTheFeatureMapOfEachStrideWithoutAHead() {
        ComputationGraphConfiguration configuration = NetworkGraph.configuration(
                ModelCatalog.find("efficientnet_b0").plan(),
                GraphOptions.builder().classes(0).build());
        assertEquals(
                List.of(
                        "stage1.block1.project",
                        "stage2.block2.add",
                        "stage3.block2.add",
                        "stage5.block3.add",
                        "stage7.block1.project"),
                configuration.getNetworkOutputs());
        ComputationGraph network = new ComputationGraph(NetworkGraph.configuration(
                TestNetworks.EVERY_BLOCK.plan(),
                TestNetworks.options(Padding.SAME).classes(0).build()));
        network.init();
        INDArray[] maps = network.output(Nd4j.randn(DataType.DOUBLE, 2, 3, 32, 32));
        assertArrayEquals(new long[] {2, 16, 16, 4}, maps[0].shape());
        assertArrayEquals(new long[] {2, 8, 8, 5}, maps[1].shape());
        assertArrayEquals(new long[] {2, 4, 4, 8}, maps[2].shape());
    }

    @Test
    void dropsEveryBlockAtThePublishedRate() {
        ModelDefinition model = ModelCatalog.find("efficientnet_b0");
        ComputationGraphConfiguration configuration = NetworkGraph.configuration(
                model.plan(), GraphOptions.builder(model).build());
        int index = 0;
        int residuals = 0;
        for (Section stage : model.plan().sections(Section.Kind.BODY)) {
            for (Block block : stage.blocks()) {
                GraphVertex vertex = configuration.getVertices().get(block.name() + ".add");
                if (block.has("add")) {
                    assertEquals(0.2 * index / 16, ((ResidualAdd) vertex).getDropRate(), 1e-12);
                    residuals++;
                } else {
                    assertEquals(null, vertex);
                }
                index++;
            }
        }
        assertEquals(9, residuals);
    }

    /** Mean 0 and sqrt(2 / fanOut) within five standard errors; tails that a truncated normal lacks. */
    @Test
    void drawsInitialParametersAsPublished() {
        ModelDefinition model = ModelCatalog.find("efficientnet_b0");
        ComputationGraph network = NetworkGraph.create(
                model, GraphOptions.builder(model).classes(100).seed(3).build());
        for (Node node : model.plan().nodes()) {
            String name = node.name();
            if (node.operation() instanceof Operation.Convolution convolution) {
                long fanOut = (long) convolution.kernel()
                        * convolution.kernel()
                        * (convolution.depthwise() ? 1 : convolution.outChannels());
                assertNormal(network.getParam(name + "_W"), Math.sqrt(2.0 / fanOut), name);
                for (String ones : List.of("_gamma", "_var")) {
                    assertEquals(1, network.getParam(name + ones).minNumber().doubleValue());
                    assertEquals(1, network.getParam(name + ones).maxNumber().doubleValue());
                }
                for (String zeros : List.of("_beta", "_mean")) {
                    assertEquals(0, network.getParam(name + zeros).amaxNumber().doubleValue());
                }
            } else if (node.operation() instanceof Operation.SqueezeExcite gate) {
                assertNormal(network.getParam(name + "_W2"), Math.sqrt(2.0 / gate.channels()), name);
                assertEquals(0, network.getParam(name + "_b2").amaxNumber().doubleValue());
            }
        }
        INDArray classifier = network.getParam("classifier_W");
        assertEquals(0.1, classifier.amaxNumber().doubleValue(), 1e-3);
        assertEquals(0.1 / Math.sqrt(3), classifier.stdNumber().doubleValue(), 1e-3);
        assertEquals(0, network.getParam("classifier_b").amaxNumber().doubleValue());
        INDArray largest = network.getParam("head_W");
        double deviation = Math.sqrt(2.0 / 1280);
        assertTrue(largest.amaxNumber().doubleValue() > 4 * deviation, "409,600 normal draws reach 4 deviations");
    }

    @Test
    void startsAsAShortNetworkWithSmallLogitsWhereAsked() {
        ModelDefinition model = ModelCatalog.find("efficientnet_b0");
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(10)
                        .classifierInit(ClassifierInit.BY_FEATURES)
                        .zeroInitResidual(true)
                        .build());
        INDArray classifier = network.getParam("classifier_W");
        assertEquals(1 / Math.sqrt(1280), classifier.amaxNumber().doubleValue(), 1e-4);
        assertEquals(1 / Math.sqrt(3 * 1280), classifier.stdNumber().doubleValue(), 5e-4);
        for (Block block : model.plan().blocks()) {
            for (Node node : block.nodes()) {
                if (node.operation() instanceof Operation.Convolution) {
                    INDArray gamma = network.getParam(node.name() + "_gamma");
                    boolean last = block.has("add") && block.last().input().equals(node.name());
                    assertEquals(last ? 0 : 1, gamma.minNumber().doubleValue(), node.name());
                    assertEquals(last ? 0 : 1, gamma.maxNumber().doubleValue(), node.name());
                }
            }
        }
    }

    @Test
    void drawsTheSameParametersFromTheSameSeed() {
        GraphOptions.Builder options = TestNetworks.options(Padding.SAME);
        INDArray first = NetworkGraph.create(
                        TestNetworks.EVERY_BLOCK, options.seed(1).build())
                .params();
        INDArray again = NetworkGraph.create(
                        TestNetworks.EVERY_BLOCK, options.seed(1).build())
                .params();
        INDArray other = NetworkGraph.create(
                        TestNetworks.EVERY_BLOCK, options.seed(2).build())
                .params();
        assertEquals(first, again);
        assertNotEquals(first, other);
    }

    private static void assertNormal(INDArray values, double deviation, String name) {
        double n = values.length();
        assertEquals(0, values.meanNumber().doubleValue(), 5 * deviation / Math.sqrt(n), name);
        assertEquals(deviation, values.stdNumber().doubleValue(), 5 * deviation / Math.sqrt(2 * n), name);
    }

    private static long parameters(ComputationGraphConfiguration configuration) {
        return configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(false))
                .sum();
    }
}
