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
import org.efficientnet4j.models.EfficientNetVariant;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class EfficientNetGraphTest {
    @ParameterizedTest
    @EnumSource
    void holdsAsManyParametersAsTheModelCosts(EfficientNetVariant variant) {
        ModelDefinition model = variant.definition();
        ComputationGraphConfiguration configuration = EfficientNetGraph.configuration(
                model.architecture(), GraphOptions.builder(model).build());
        assertEquals(model.cost(1000).totalParameters(), parameters(configuration));
    }

    @ParameterizedTest
    @EnumSource
    void survivesJson(EfficientNetVariant variant) {
        ModelDefinition model = variant.definition();
        ComputationGraphConfiguration configuration = EfficientNetGraph.configuration(
                model.architecture(), GraphOptions.builder(model).build());
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration, read);
        assertEquals(configuration.toJson(), read.toJson());
    }

    @Test
    void predictsTheSameAfterSavingAndLoading(@TempDir Path folder) throws IOException {
        ComputationGraph network = EfficientNetGraph.create(
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
        ComputationGraph network = EfficientNetGraph.create(
                TestNetworks.EVERY_BLOCK, TestNetworks.options(Padding.SAME).build());
        for (int[] size : new int[][] {{32, 32}, {33, 47}, {20, 64}, {9, 8}}) {
            INDArray output = network.outputSingle(Nd4j.randn(DataType.DOUBLE, 2, 3, size[0], size[1]));
            assertArrayEquals(new long[] {2, TestNetworks.CLASSES}, output.shape());
            assertEquals(2.0, output.sumNumber().doubleValue(), 1e-9);
        }
    }

    @Test
    void readsChannelsLastMemoryAsWell() {
        ComputationGraph network = EfficientNetGraph.create(
                TestNetworks.EVERY_BLOCK, TestNetworks.options(Padding.SAME).build());
        INDArray channelsFirst = Nd4j.randn(DataType.DOUBLE, 2, 3, 16, 20);
        INDArray channelsLast = channelsFirst.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
        assertEquals(network.outputSingle(channelsFirst), network.outputSingle(channelsLast));
    }

    @Test
    void givesTheFeatureMapOfEachStrideWithoutAHead() {
        ScaledArchitecture architecture =
                EfficientNetVariant.EFFICIENTNET_B0.definition().architecture();
        ComputationGraphConfiguration configuration = EfficientNetGraph.configuration(
                architecture, GraphOptions.builder().classes(0).build());
        assertEquals(
                List.of(
                        "stage1.block1.project",
                        "stage2.block2.add",
                        "stage3.block2.add",
                        "stage5.block3.add",
                        "stage7.block1.project"),
                configuration.getNetworkOutputs());
        ComputationGraph network = new ComputationGraph(EfficientNetGraph.configuration(
                TestNetworks.EVERY_BLOCK.architecture(),
                TestNetworks.options(Padding.SAME).classes(0).build()));
        network.init();
        INDArray[] maps = network.output(Nd4j.randn(DataType.DOUBLE, 2, 3, 32, 32));
        assertArrayEquals(new long[] {2, 16, 16, 4}, maps[0].shape());
        assertArrayEquals(new long[] {2, 8, 8, 5}, maps[1].shape());
        assertArrayEquals(new long[] {2, 4, 4, 8}, maps[2].shape());
    }

    @Test
    void dropsEveryBlockAtThePublishedRate() {
        ModelDefinition model = EfficientNetVariant.EFFICIENTNET_B0.definition();
        ComputationGraphConfiguration configuration = EfficientNetGraph.configuration(
                model.architecture(), GraphOptions.builder(model).build());
        int residuals = 0;
        for (BlockPlan block : model.architecture().blocks()) {
            GraphVertex vertex = configuration.getVertices().get(block.name() + ".add");
            if (block.stride() == 1 && block.inChannels() == block.outChannels()) {
                assertEquals(0.2 * block.index() / 16, ((ResidualAdd) vertex).getDropRate(), 1e-12);
                residuals++;
            } else {
                assertEquals(null, vertex);
            }
        }
        assertEquals(9, residuals);
    }

    /** Mean 0 and sqrt(2 / fanOut) within five standard errors; tails that a truncated normal lacks. */
    @Test
    void drawsInitialParametersAsPublished() {
        ModelDefinition model = EfficientNetVariant.EFFICIENTNET_B0.definition();
        ComputationGraph network = EfficientNetGraph.create(
                model, GraphOptions.builder(model).classes(100).seed(3).build());
        for (LayerPlan layer : model.architecture().layers()) {
            if (layer instanceof ConvolutionPlan plan) {
                long fanOut = (long) plan.kernel() * plan.kernel() * (plan.depthwise() ? 1 : plan.outChannels());
                assertNormal(network.getParam(plan.name() + "_W"), Math.sqrt(2.0 / fanOut), plan.name());
                assertEquals(
                        1, network.getParam(plan.name() + "_gamma").minNumber().doubleValue());
                assertEquals(
                        1, network.getParam(plan.name() + "_gamma").maxNumber().doubleValue());
                assertEquals(
                        0, network.getParam(plan.name() + "_beta").amaxNumber().doubleValue());
                assertEquals(
                        0, network.getParam(plan.name() + "_mean").amaxNumber().doubleValue());
                assertEquals(
                        1, network.getParam(plan.name() + "_var").minNumber().doubleValue());
            } else {
                assertNormal(
                        network.getParam(layer.name() + "_W2"), Math.sqrt(2.0 / layer.outChannels()), layer.name());
                assertEquals(
                        0, network.getParam(layer.name() + "_b2").amaxNumber().doubleValue());
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
        ModelDefinition model = EfficientNetVariant.EFFICIENTNET_B0.definition();
        ComputationGraph network = EfficientNetGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(10)
                        .classifierInit(ClassifierInit.BY_FEATURES)
                        .zeroInitResidual(true)
                        .build());
        INDArray classifier = network.getParam("classifier_W");
        assertEquals(1 / Math.sqrt(1280), classifier.amaxNumber().doubleValue(), 1e-4);
        assertEquals(1 / Math.sqrt(3 * 1280), classifier.stdNumber().doubleValue(), 5e-4);
        for (BlockPlan block : model.architecture().blocks()) {
            List<LayerPlan> layers = block.layers();
            for (LayerPlan layer : layers) {
                boolean last = layer == layers.get(layers.size() - 1);
                if (layer instanceof ConvolutionPlan) {
                    INDArray gamma = network.getParam(layer.name() + "_gamma");
                    double expected = last && block.hasResidual() ? 0 : 1;
                    assertEquals(expected, gamma.minNumber().doubleValue(), layer.name());
                    assertEquals(expected, gamma.maxNumber().doubleValue(), layer.name());
                }
            }
        }
    }

    @Test
    void drawsTheSameParametersFromTheSameSeed() {
        GraphOptions.Builder options = TestNetworks.options(Padding.SAME);
        INDArray first = EfficientNetGraph.create(
                        TestNetworks.EVERY_BLOCK, options.seed(1).build())
                .params();
        INDArray again = EfficientNetGraph.create(
                        TestNetworks.EVERY_BLOCK, options.seed(1).build())
                .params();
        INDArray other = EfficientNetGraph.create(
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
