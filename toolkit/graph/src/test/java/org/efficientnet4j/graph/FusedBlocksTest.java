package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.graph.layers.CheckpointedNetwork;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks whose blocks' last layers compute together, in DL4J's workspaces. */
class FusedBlocksTest {
    private static final int[][] SHAPES = {{6, 32, 32}, {4, 32, 32}, {5, 40, 36}, {2, 64, 64}, {6, 32, 32}};

    @ParameterizedTest
    @ValueSource(strings = {"SAME", "SYMMETRIC"})
    void trainLikeThePortableKernelsInDoublePrecision(Padding padding) {
        ComputationGraph exact = network("portable", DataType.DOUBLE, padding);
        ComputationGraph fused = fused(padding);
        fused.setParams(exact.params().castTo(DataType.FLOAT));
        exact.setParams(fused.params().castTo(DataType.DOUBLE));
        for (int[] shape : SHAPES) {
            DataSet batch = TestNetworks.batch(DataType.FLOAT, shape[0], shape[1], shape[2]);
            exact.fit(new DataSet(
                    batch.getFeatures().castTo(DataType.DOUBLE),
                    batch.getLabels().castTo(DataType.DOUBLE)));
            fused.fit(batch);
        }
        assertClose("parameters", exact.params(), fused.params());
        INDArray images = TestNetworks.batch(DataType.FLOAT, 3, 32, 32).getFeatures();
        assertClose("output", exact.outputSingle(images.castTo(DataType.DOUBLE)), fused.outputSingle(images));
    }

    @Test
    void giveTheSameBitsAgain() {
        assertEquals(trained(), trained());
    }

    /** Activations and gradients that a step's listeners see, and that reading them changes nothing. */
    @Test
    void showAStepsActivationsWhereTheyAreLookedAt() {
        ComputationGraph plain = network(KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
        ComputationGraph shown = fused(Padding.SAME, true);
        ComputationGraph fused = fused(Padding.SAME);
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 4, 32, 32);
        Map<String, INDArray> expected = activations(plain, batch);
        activations(shown, batch)
                .forEach((vertex, found) ->
                        assertClose(vertex, expected.get(vertex).castTo(DataType.DOUBLE), found));
        fused.fit(batch);
        assertEquals(fused.params(), shown.params());
    }

    private static Map<String, INDArray> activations(ComputationGraph network, DataSet batch) {
        Map<String, INDArray> result = new HashMap<>();
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void onForwardPass(Model model, Map<String, INDArray> activations) {
                activations.forEach((vertex, array) -> result.put(vertex, array.detach()));
            }
        });
        network.fit(batch);
        return result;
    }

    /** Asked for by name, between the steps of a training. */
    @Test
    void showTheirActivationsAsTheyAre() {
        ComputationGraph plain = network(KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
        ComputationGraph fused = fused(Padding.SAME);
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 4, 32, 32);
        plain.fit(batch);
        fused.fit(batch);
        plain.setParams(fused.params());
        Map<String, INDArray> expected = plain.feedForward(batch.getFeatures(), true);
        fused.feedForward(batch.getFeatures(), true)
                .forEach((vertex, found) -> assertEquals(expected.get(vertex), found, vertex));
        assertEquals(plain.output(true, batch.getFeatures())[0], fused.output(true, batch.getFeatures())[0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = ActivationCheckpointing.class,
            names = {"CHEAP", "BLOCKS"})
    void leaveBlocksThatComputeActivationsAgainAsTheyAre(ActivationCheckpointing kind) {
        ComputationGraph plain = network(KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME);
        ComputationGraph fused = fused(Padding.SAME);
        for (ComputationGraph network : new ComputationGraph[] {plain, fused}) {
            CheckpointedNetwork.install(network, TestNetworks.EVERY_BLOCK.plan(), kind);
            network.fit(TestNetworks.batch(DataType.FLOAT, 4, 32, 32));
        }
        assertEquals(plain.params(), fused.params());
    }

    @Test
    void keepLess() {
        long plain = activationBytes(network(KernelProviders.AUTOMATIC, DataType.FLOAT, Padding.SAME));
        ComputationGraph network = fused(Padding.SAME);
        long fused = activationBytes(network);
        assertNotEquals(0, plain);
        if (KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                .name()
                .equals("onednn-vector")) {
            assertTrue(fused < 0.9 * plain, fused + " of " + plain);
        } else {
            assertEquals(plain, fused);
        }
    }

    private static long activationBytes(ComputationGraph network) {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        for (int step = 0; step < 3; step++) {
            network.fit(TestNetworks.batch(DataType.FLOAT, 4, 64, 64));
        }
        return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                .filter(workspace -> workspace.getId().equals("WS_ALL_LAYERS_ACT"))
                .mapToLong(MemoryWorkspace::getCurrentSize)
                .sum();
    }

    private static INDArray trained() {
        ComputationGraph network = fused(Padding.SAME);
        FusedUpdater.install(network);
        for (int[] shape : SHAPES) {
            network.fit(TestNetworks.batch(DataType.FLOAT, shape[0], shape[1], shape[2]));
        }
        return network.params().dup();
    }

    private static ComputationGraph fused(Padding padding) {
        return fused(padding, false);
    }

    private static ComputationGraph fused(Padding padding, boolean shown) {
        ComputationGraph network = network(KernelProviders.AUTOMATIC, DataType.FLOAT, padding);
        FusedBlocks.install(network, shown);
        return network;
    }

    private static ComputationGraph network(String kernels, DataType type, Padding padding) {
        return NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(padding)
                        .kernels(kernels)
                        .dataType(type)
                        .dropConnectRate(0.2)
                        .updater(new Sgd(0.02))
                        .build());
    }

    private static void assertClose(String what, INDArray expected, INDArray actual) {
        INDArray difference = expected.sub(actual.castTo(DataType.DOUBLE));
        double error =
                difference.norm2Number().doubleValue() / expected.norm2Number().doubleValue();
        assertTrue(error <= 1e-4, what + ": relative error " + error);
    }
}
