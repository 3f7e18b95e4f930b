package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** DL4J's {@code fit} with its own updater and with the fast one. */
class FastTrainingTest {
    @TempDir
    private Path folder;

    // Adam's first steps would blow rounding up where gradients are about zero; its epsilon keeps them apart from it.
    private static IUpdater updater(String name) {
        return name.equals("adam") ? new Adam(1e-3, 0.9, 0.999, 1e-2) : new Nesterovs(0.01, 0.9);
    }

    private static ComputationGraph network(String updater) {
        return NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(Padding.SAME)
                        .kernels(KernelProviders.AUTOMATIC)
                        .dataType(DataType.FLOAT)
                        .weightDecay(0.01)
                        .updater(updater(updater))
                        .build());
    }

    private static ListDataSetIterator<DataSet> batches() {
        return new ListDataSetIterator<>(
                TestNetworks.batch(DataType.FLOAT, 24, 32, 32).asList(), 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "momentum"})
    void endsAtDl4jsWeightsAndState(String name) {
        ComputationGraph dl4j = network(name);
        ComputationGraph fast = FastTraining.install(network(name));
        assertEquals(dl4j.params(), fast.params());
        INDArray before = dl4j.params().dup();
        dl4j.fit(batches(), 3);
        fast.fit(batches(), 3);
        assertEquals(ComputationGraphUpdater.class, dl4j.getUpdater().getClass());
        assertInstanceOf(FusedUpdater.class, fast.getUpdater());
        assertTrue(before.distance2(dl4j.params()) > 0.01);
        assertClose(dl4j.params(), fast.params());
        assertClose(dl4j.getUpdater().getStateViewArray(), fast.getUpdater().getStateViewArray());
    }

    /** By DL4J's own serializer, and read by it: the fast and the plain network both go on from the same state. */
    @ParameterizedTest
    @ValueSource(strings = {"adam", "momentum"})
    void itsStateIsSavedAndRestored(String name) throws IOException {
        ComputationGraph fast = FastTraining.install(network(name));
        fast.fit(batches(), 2);
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(fast, file, true);
        ComputationGraph plain = ModelSerializer.restoreComputationGraph(file, true);
        ComputationGraph again = FastTraining.install(ModelSerializer.restoreComputationGraph(file, true));
        ComputationGraph forgetful = FastTraining.install(ModelSerializer.restoreComputationGraph(file, false));
        assertEquals(fast.getUpdater().getStateViewArray(), again.getUpdater().getStateViewArray());
        for (ComputationGraph network : List.of(fast, plain, again, forgetful)) {
            network.fit(batches(), 1);
        }
        assertEquals(fast.params(), again.params());
        assertClose(plain.params(), again.params());
        assertNotEquals(fast.params(), forgetful.params(), "the state counts");
    }

    @Test
    void isInstalledOnce() {
        ComputationGraph network = FastTraining.install(FastTraining.install(network("momentum")));
        assertEquals(1, network.getListeners().size());
        network.fit(batches(), 1);
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double error = expected.distance2(actual)
                / Math.max(1e-9, expected.norm2Number().doubleValue());
        assertTrue(error < 1e-4, "relative difference " + error);
    }
}
