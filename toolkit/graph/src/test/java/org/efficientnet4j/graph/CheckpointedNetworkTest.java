package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.graph.layers.CheckpointedNetwork;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class CheckpointedNetworkTest {
    private static final List<ActivationCheckpointing> KINDS =
            List.of(ActivationCheckpointing.CHEAP, ActivationCheckpointing.BLOCKS);

    static Stream<Arguments> cases() {
        return KernelProviders.all().stream()
                .flatMap(provider -> KINDS.stream().map(kind -> Arguments.of(provider, kind)));
    }

    /** Over batches and sizes that change, with dropout and stochastic depth; the running statistics are parameters too. */
    @ParameterizedTest
    @MethodSource("cases")
    void trainsToTheSameBits(KernelProvider provider, ActivationCheckpointing kind) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
        ComputationGraph plain = network(provider.name());
        ComputationGraph checkpointed = network(provider.name());
        install(checkpointed, kind);
        for (int[] shape : new int[][] {{5, 40, 36}, {3, 40, 36}, {5, 64, 64}, {5, 40, 36}}) {
            for (ComputationGraph network : List.of(plain, checkpointed)) {
                network.fit(TestNetworks.batch(DataType.FLOAT, shape[0], shape[1], shape[2]));
            }
        }
        assertEquals(plain.params(), checkpointed.params());
        assertEquals(
                plain.getUpdater().getStateViewArray(),
                checkpointed.getUpdater().getStateViewArray());
    }

    /** Arrays that DL4J keeps from the forward to the backward pass. */
    @Test
    void keepsLessTheMoreIsComputedAgain() {
        long everything = activationBytes(ActivationCheckpointing.OFF);
        long convolutions = activationBytes(ActivationCheckpointing.CHEAP);
        long inputs = activationBytes(ActivationCheckpointing.BLOCKS);
        assertTrue(convolutions < 0.8 * everything, convolutions + " of " + everything);
        assertTrue(inputs < 0.6 * convolutions, inputs + " of " + convolutions);
    }

    @Test
    void canBeTakenAwayAgain() {
        ComputationGraph plain = network(KernelProviders.AUTOMATIC);
        ComputationGraph changing = network(KernelProviders.AUTOMATIC);
        for (ActivationCheckpointing kind : ActivationCheckpointing.values()) {
            install(changing, kind);
            plain.fit(TestNetworks.batch(DataType.FLOAT, 3, 32, 32));
            changing.fit(TestNetworks.batch(DataType.FLOAT, 3, 32, 32));
        }
        install(changing, ActivationCheckpointing.OFF);
        plain.fit(TestNetworks.batch(DataType.FLOAT, 3, 32, 32));
        changing.fit(TestNetworks.batch(DataType.FLOAT, 3, 32, 32));
        assertEquals(plain.params(), changing.params());
    }

    private static long activationBytes(ActivationCheckpointing kind) {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        ComputationGraph network = network(KernelProviders.AUTOMATIC);
        install(network, kind);
        for (int step = 0; step < 3; step++) {
            network.fit(TestNetworks.batch(DataType.FLOAT, 4, 64, 64));
        }
        long bytes = Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
                .filter(workspace -> workspace.getId().equals("WS_ALL_LAYERS_ACT"))
                .mapToLong(MemoryWorkspace::getCurrentSize)
                .sum();
        assertTrue(
                bytes > 0,
                () -> "no workspace of activations in "
                        + Arrays.toString(Nd4j.getWorkspaceManager()
                                .getAllWorkspacesForCurrentThread()
                                .toArray()));
        return bytes;
    }

    private static void install(ComputationGraph network, ActivationCheckpointing kind) {
        CheckpointedNetwork.install(network, TestNetworks.EVERY_BLOCK.plan(), kind);
    }

    private static ComputationGraph network(String kernels) {
        GraphOptions options = TestNetworks.options(Padding.SAME)
                .dataType(DataType.FLOAT)
                .kernels(kernels)
                .dropout(0.2)
                .dropConnectRate(0.2)
                .updater(new Adam(1e-3))
                .build();
        ComputationGraph network = NetworkGraph.create(TestNetworks.EVERY_BLOCK, options);
        FusedUpdater.install(network);
        return network;
    }
}
