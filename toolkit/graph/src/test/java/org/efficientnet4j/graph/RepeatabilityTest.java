package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Repeatability of a training with the preferred kernels over many steps. */
class RepeatabilityTest {
    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesTheSameBitsForOneSeedAndNumberOfThreads(int threads) {
        KernelThreads pool = KernelThreads.shared();
        int before = pool.count();
        pool.setCount(threads);
        try {
            assertEquals(trained(), trained());
        } finally {
            pool.setCount(before);
        }
    }

    /** 0, the default, is a seed as any other, though ND4J takes it for none. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1})
    void beginsWithTheSameWeightsForOneSeed(long seed) {
        GraphOptions options = TestNetworks.options(Padding.SAME).seed(seed).build();
        ComputationGraph first = NetworkGraph.create(TestNetworks.EVERY_BLOCK, options);
        Nd4j.rand(DataType.FLOAT, 7);
        assertEquals(
                first.params(),
                NetworkGraph.create(TestNetworks.EVERY_BLOCK, options).params());
    }

    @Test
    void takesNoMoreMemoryAsSizesGoOnChanging() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.isReadable(status), "resident memory is read from /proc");
        ComputationGraph network = network();
        for (int round = 0; round < 3; round++) {
            trainOverSizes(network);
        }
        long settled = residentBytes(status);
        for (int round = 0; round < 6; round++) {
            trainOverSizes(network);
        }
        long growth = residentBytes(status) - settled;
        assertTrue(growth < 48 * MEGABYTE, "resident memory grew by " + growth / MEGABYTE + " MiB over 54 sizes");
    }

    @Test
    void trainsOnThePortableKernelsWhereASystemPropertySaysSo() {
        System.setProperty(KernelProviders.PROPERTY, "portable");
        try {
            assertEquals(
                    "portable",
                    KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                            .name());
            INDArray parameters = trained();
            assertTrue(Double.isFinite(parameters.sumNumber().doubleValue()));
        } finally {
            System.clearProperty(KernelProviders.PROPERTY);
        }
    }

    /** Nine sizes, more than the primitives a layer keeps. */
    private static void trainOverSizes(ComputationGraph network) {
        for (int size = 32; size <= 96; size += 8) {
            network.fit(TestNetworks.batch(DataType.FLOAT, 2, size, size));
            network.clearLayersStates();
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
    }

    private static INDArray trained() {
        ComputationGraph network = network();
        for (int step = 0; step < 4; step++) {
            network.fit(TestNetworks.batch(DataType.FLOAT, 5, 40, 36));
        }
        return network.params().dup();
    }

    private static ComputationGraph network() {
        GraphOptions options = TestNetworks.options(Padding.SAME)
                .dataType(DataType.FLOAT)
                .kernels(KernelProviders.AUTOMATIC)
                .dropout(0.2)
                .dropConnectRate(0.2)
                .updater(new Adam(1e-3))
                .build();
        ComputationGraph network = NetworkGraph.create(TestNetworks.EVERY_BLOCK, options);
        FusedUpdater.install(network);
        FusedBlocks.install(network, false);
        return network;
    }

    private static long residentBytes(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
