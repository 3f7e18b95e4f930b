package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Compiled networks against the portable layers in double precision. */
class NetworkInferenceTest {
    private static final double WORST = 1e-5;

    /** Channels in eights and sixteens, as in the published networks: weights are scaled by vectors. */
    private static final ModelDefinition ROUND_CHANNELS = TestNetworks.model(
            "round_channels",
            "r1_k3_s1_e1_i4_o16_se0.25",
            "r2_k3_s2_e6_i16_o24_se0.25",
            "r2_k5_s2_e6_i24_o48_se0.25",
            "r2_k3_s1_e4_i48_o64");

    /** No residual connection: a chain of layers. */
    private static final ModelDefinition CHAIN = TestNetworks.model(
            "chain", "r1_k3_s1_e1_i4_o16_se0.25", "r1_k3_s2_e6_i16_o24_se0.25", "r1_k3_s2_e4_i24_o32_c1");

    private final int threads = KernelThreads.shared().count();

    @AfterEach
    void givesTheThreadsBack() {
        KernelThreads.shared().setCount(threads);
    }

    static List<KernelProvider> providers() {
        return KernelProviders.all();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void givesWhatTheLayersGive(KernelProvider provider) {
        assumeRuns(provider);
        for (ModelDefinition model : List.of(TestNetworks.EVERY_BLOCK, ROUND_CHANNELS, CHAIN)) {
            for (Padding padding : Padding.ADAPTING) {
                ComputationGraph exact = network(model, "portable", DataType.DOUBLE, padding);
                ComputationGraph fast = network(model, provider.name(), DataType.FLOAT, padding);
                fast.setParams(exact.params().castTo(DataType.FLOAT));
                exact.setParams(fast.params().castTo(DataType.DOUBLE));
                try (NetworkInference inference = NetworkInference.of(fast)) {
                    for (int[] shape : new int[][] {{1, 64, 64}, {1, 33, 47}, {5, 37, 32}, {8, 32, 32}, {1, 64, 64}}) {
                        INDArray images = images(shape[0], shape[1], shape[2]);
                        assertClose(exact.outputSingle(images.castTo(DataType.DOUBLE)), inference.output(images));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 1", "2, 5", "3, 2", "3, 4", "5, 1"})
    void givesTheSameWithAnyNumberOfThreadsAndAgainEachTime(int count, int batch) {
        ComputationGraph network = automatic();
        INDArray images = images(batch, 48, 40);
        INDArray expected = network.outputSingle(images).dup();
        KernelThreads.shared().setCount(count);
        try (NetworkInference inference = NetworkInference.of(network)) {
            INDArray first = inference.output(images);
            assertClose(expected.castTo(DataType.DOUBLE), first);
            assertEquals(first, inference.output(images));
        }
    }

    /** A feature map at an early bend of the network is larger than a band between two convolutions. */
    @Test
    void rollsLargeImagesThroughInBands() {
        ComputationGraph network = network(ROUND_CHANNELS, KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
        INDArray images = images(3, 331, 285);
        try (NetworkInference inference = NetworkInference.of(network)) {
            assertClose(network.outputSingle(images).castTo(DataType.DOUBLE), inference.output(images));
        }
    }

    @Test
    void endsWhereAPartOfTheNetworkEnds() {
        ComputationGraph network = automatic();
        INDArray images = images(3, 48, 40);
        for (String vertex : List.of(
                "stem",
                "stage1.block1.add",
                "stage3.block1.project",
                "stage4.block1.depthwise",
                "stage4.block2.add",
                "head",
                "head.pool")) {
            ComputationGraph part = Subgraph.upTo(network, List.of(vertex));
            INDArray expected = part.outputSingle(images);
            try (NetworkInference inference = NetworkInference.of(part)) {
                INDArray actual = inference.output(images);
                assertArrayEquals(expected.shape(), actual.shape(), vertex);
                assertClose(expected.castTo(DataType.DOUBLE), actual);
            }
        }
    }

    @Test
    void runsThroughDl4jWhatItCannotCompile() {
        ComputationGraph network = automatic();
        INDArray images = images(2, 32, 32);
        for (ComputationGraph other :
                List.of(Subgraph.upTo(network, List.of("stage4.block1.squeezeExcite")), stock())) {
            try (NetworkInference inference = NetworkInference.of(other)) {
                assertFalse(inference.isCompiled());
                assertEquals(other.outputSingle(images), inference.output(images));
            }
        }
    }

    @Test
    void seesWhatIsWrittenIntoTheParameters() {
        ComputationGraph network = automatic();
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 4, 32, 32);
        try (NetworkInference inference = NetworkInference.of(network)) {
            INDArray images = batch.getFeatures();
            INDArray before = inference.output(images);
            network.fit(batch);
            INDArray trained = assertFollows(network, inference, images, before);
            network.setParams(network.params().mul(0.9));
            INDArray set = assertFollows(network, inference, images, trained);
            network.params().muli(0.9);
            Subgraph.parametersChanged(network);
            INDArray written = assertFollows(network, inference, images, set);
            network.setParam("stem_W", network.getParam("stem_W").mul(2));
            INDArray one = assertFollows(network, inference, images, written);
            network.setParam("classifier_b", Nd4j.createFromArray(1f, 2, 3).reshape(1, 3));
            assertFollows(network, inference, images, one);
        }
    }

    private static INDArray assertFollows(
            ComputationGraph network, NetworkInference inference, INDArray images, INDArray before) {
        INDArray after = inference.output(images);
        assertClose(network.outputSingle(images).castTo(DataType.DOUBLE), after);
        assertTrue(before.sub(after).amaxNumber().doubleValue() > 1e-4, "the output changes");
        return after;
    }

    @Test
    void takesOverANetwork() {
        ComputationGraph network = automatic();
        INDArray small = images(1, 40, 36);
        INDArray large = images(5, 64, 48);
        INDArray expectedOfSmall = network.outputSingle(small).castTo(DataType.DOUBLE);
        INDArray expectedOfLarge = network.outputSingle(large).castTo(DataType.DOUBLE);
        try (NetworkInference inference = NetworkInference.takingOver(network)) {
            assertClose(expectedOfSmall, inference.output(small));
            assertEquals(inference.isCompiled(), network.params().wasClosed());
            if (inference.isCompiled()) {
                assertThrows(IllegalStateException.class, () -> network.outputSingle(small));
            }
            // Another shape wants weights in other layouts.
            assertClose(expectedOfLarge, inference.output(large));
            assertClose(expectedOfSmall, inference.output(small));
        }
    }

    @Test
    void leavesANetworkAloneThatItCannotTakeOver() {
        ComputationGraph network = stock();
        INDArray images = images(2, 32, 32);
        try (NetworkInference inference = NetworkInference.takingOver(network)) {
            INDArray first = inference.output(images);
            assertFalse(network.params().wasClosed());
            assertEquals(first, inference.output(images));
        }
    }

    @Test
    void takesImagesInAnyMemoryOrder() {
        ComputationGraph network = automatic();
        INDArray images = images(2, 40, 36);
        INDArray channelsLast = images.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
        try (NetworkInference inference = NetworkInference.of(network)) {
            assertEquals(inference.output(images), inference.output(channelsLast));
            assertEquals(inference.output(images), inference.output(images.castTo(DataType.DOUBLE)));
        }
    }

    @Test
    void compilesOnTheFastestKernels() {
        KernelProvider fastest = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT);
        assumeTrue(fastest.name().equals("onednn-vector"), "the fastest kernels do not run here");
        for (ModelDefinition model : List.of(TestNetworks.EVERY_BLOCK, CHAIN)) {
            ComputationGraph network = network(model, KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
            try (NetworkInference inference = NetworkInference.of(network)) {
                assertTrue(inference.isCompiled(), model.name());
            }
        }
    }

    private static ComputationGraph automatic() {
        return network(TestNetworks.EVERY_BLOCK, KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
    }

    private static ComputationGraph stock() {
        ComputationGraph network = new ComputationGraph(StockGraph.configuration(
                TestNetworks.EVERY_BLOCK.plan(),
                TestNetworks.options(Padding.SAME).dataType(DataType.FLOAT).build()));
        network.init();
        return network;
    }

    private static ComputationGraph network(ModelDefinition model, String kernels, DataType type, Padding padding) {
        ComputationGraph network = NetworkGraph.create(
                model,
                TestNetworks.options(padding).kernels(kernels).dataType(type).build());
        TestNetworks.unsettle(network);
        return network;
    }

    private static INDArray images(int count, int height, int width) {
        return TestNetworks.batch(DataType.FLOAT, count, height, width).getFeatures();
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double difference =
                expected.sub(actual.castTo(DataType.DOUBLE)).norm2Number().doubleValue();
        double error = difference / expected.norm2Number().doubleValue();
        assertTrue(error <= WORST, "relative error " + error);
    }

    private static void assumeRuns(KernelProvider provider) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
    }
}
