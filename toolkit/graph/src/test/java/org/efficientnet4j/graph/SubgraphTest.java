package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SubgraphTest {
    /** A stem before a residual block, a block without residual, a residual sum, the pooled features. */
    @ParameterizedTest
    @ValueSource(strings = {"stem", "stage3.block1.project", "stage4.block2.add", "head.pool"})
    void partsInARowComputeWhatTheWholeDoes(String vertex) {
        ComputationGraph network = network("portable", DataType.DOUBLE);
        INDArray images = TestNetworks.batch(DataType.DOUBLE, 2, 32, 48).getFeatures();
        INDArray features = Subgraph.upTo(network, List.of(vertex)).output(images)[0];
        ComputationGraph rest = Subgraph.behind(network, vertex);
        assertEquals(network.outputSingle(images), rest.outputSingle(features));
        assertEquals(
                network.numParams(), Subgraph.upTo(network, List.of(vertex)).numParams() + rest.numParams());
    }

    /** Behind the stem two vertices read the cut, behind the third stage one. */
    @ParameterizedTest
    @ValueSource(strings = {"stem", "stage3.block1.project"})
    void gradientsOfAPartAreThoseOfTheWhole(String vertex) {
        ComputationGraph network = network("portable", DataType.DOUBLE);
        DataSet batch = TestNetworks.batch(DataType.DOUBLE, 4, 32, 32);
        INDArray features =
                network.feedForward(batch.getFeatures(), true).get(vertex).dup();
        ComputationGraph rest = Subgraph.behind(network, vertex);
        INDArray wholes = gradient(network, batch.getFeatures(), batch.getLabels());
        INDArray parts = gradient(rest, features, batch.getLabels());
        long end = wholes.length();
        INDArray expected = wholes.reshape(end).get(NDArrayIndex.interval(end - rest.numParams(), end));
        assertEquals(
                0, expected.sub(parts.reshape(rest.numParams())).amaxNumber().doubleValue(), 1e-12);
    }

    private static INDArray gradient(ComputationGraph network, INDArray input, INDArray labels) {
        network.setInputs(input);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.getGradientsViewArray().dup();
    }

    @Test
    void partsShareParametersWithTheWhole() {
        ComputationGraph network = network(KernelProviders.AUTOMATIC, DataType.FLOAT);
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 3, 32, 32);
        INDArray first = network.outputSingle(batch.getFeatures()).dup();
        ComputationGraph rest = Subgraph.behind(network, "stage2.block1.project");
        ComputationGraph trunk = Subgraph.upTo(network, List.of("stage2.block1.project"));
        INDArray frozen = trunk.params().dup();
        rest.fit(new DataSet(trunk.outputSingle(batch.getFeatures()), batch.getLabels()));
        assertEquals(frozen, trunk.params());
        Subgraph.parametersChanged(network);
        INDArray second = network.outputSingle(batch.getFeatures());
        assertTrue(first.sub(second).amaxNumber().doubleValue() > 1e-4, "the whole answers with what the part learnt");
        assertEquals(second, rest.outputSingle(trunk.outputSingle(batch.getFeatures())));
        assertFalse(rest.params() == network.params());
    }

    @Test
    void severalFeatureMapsComeOutAtOnce() {
        ComputationGraph network = network("portable", DataType.DOUBLE);
        INDArray images = TestNetworks.batch(DataType.DOUBLE, 2, 32, 32).getFeatures();
        List<String> wanted = List.of("stage4.block2.add", "stem");
        INDArray[] maps = Subgraph.upTo(network, wanted).output(images);
        var all = network.feedForward(images, false);
        assertEquals(all.get("stage4.block2.add"), maps[0]);
        assertEquals(all.get("stem"), maps[1]);
    }

    @Test
    void refusesToCutPastAShortcut() {
        ComputationGraph network = network("portable", DataType.DOUBLE);
        IllegalArgumentException shortcut =
                assertThrows(IllegalArgumentException.class, () -> Subgraph.behind(network, "stage4.block2.depthwise"));
        assertTrue(shortcut.getMessage().contains("stage4.block2"), shortcut.getMessage());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> Subgraph.upTo(network, List.of("stage9")));
        assertTrue(unknown.getMessage().contains("no vertex stage9"), unknown.getMessage());
    }

    private static ComputationGraph network(String kernels, DataType type) {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(Padding.SAME)
                        .dataType(type)
                        .kernels(kernels)
                        .build());
        TestNetworks.unsettle(network);
        return network;
    }
}
