package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The workspaces of training steps. */
class StepMemoryTest {
    private static final String ACTIVATIONS = "WS_ALL_LAYERS_ACT";
    private static final int[][] SHAPES = {{4, 32, 32}, {1, 32, 32}, {5, 40, 36}, {2, 64, 64}, {4, 32, 32}};

    private final MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();

    @BeforeEach
    @AfterEach
    void withoutWorkspaces() {
        manager.destroyAllWorkspacesForCurrentThread();
    }

    @Test
    void changesNoBitOfATrainingWhateverItsBatches() {
        INDArray expected = trained();
        StepMemory.prepare();
        assertEquals(expected, trained());
        assertInstanceOf(StepWorkspace.class, manager.getWorkspaceForCurrentThread(ACTIVATIONS));
    }

    private static INDArray trained() {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                GraphOptions.builder(TestNetworks.EVERY_BLOCK)
                        .classes(3)
                        .seed(7)
                        .build());
        FusedBlocks.install(network, false);
        for (int[] shape : SHAPES) {
            DataSet batch = TestNetworks.batch(DataType.FLOAT, shape[0], shape[1], shape[2]);
            network.fit(batch);
        }
        return network.params();
    }

    @Test
    void takesThePlaceOfWorkspacesThatWereThereBefore() {
        MemoryWorkspace before = manager.getWorkspaceForCurrentThread(ACTIVATIONS);
        StepMemory.prepare();
        MemoryWorkspace ours = manager.getWorkspaceForCurrentThread(ACTIVATIONS);
        assertNotEquals(before.getClass(), ours.getClass());
        StepMemory.prepare();
        assertEquals(ours, manager.getWorkspaceForCurrentThread(ACTIVATIONS));
    }

    @Test
    void arraysStartAtCacheLinesAndTheSameOnesAreTakenAgain() {
        long[] first = addresses(3, 100, 17);
        for (long address : first) {
            assertEquals(0, address % 64);
        }
        assertEquals(first[0] + 64, first[1]);
        assertEquals(first[1] + 448, first[2]);
        assertEquals(first[2], addresses(3, 100, 17)[2]);
    }

    /** A block of the workspace has 64 MiB. */
    @Test
    void arraysOfAnySizeFindRoom() {
        int large = 20 << 20;
        long[] first = addresses(5, large, 7, large + 16);
        assertEquals(first[3], addresses(5, large, 7, large + 16)[3]);
        addresses(large, 5, large + 32);
        assertEquals(0, addresses(5, large)[1] % 64);
    }

    private long[] addresses(int... floats) {
        StepMemory.prepare();
        long[] result = new long[floats.length];
        try (MemoryWorkspace workspace =
                manager.getWorkspaceForCurrentThread(ACTIVATIONS).notifyScopeEntered()) {
            for (int i = 0; i < floats.length; i++) {
                INDArray array = Nd4j.create(DataType.FLOAT, floats[i]);
                assertEquals(0, array.getFloat(0));
                assertEquals(0, array.getFloat(floats[i] - 1));
                array.assign(i + 1);
                result[i] = array.data().pointer().address();
            }
            assertEquals(ACTIVATIONS, workspace.getId());
        }
        return result;
    }
}
