package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Outputs by the parameters as they are, whoever wrote them, and training passes that leave them alone. */
class ParameterWritesTest {
    static List<KernelProvider> providers() {
        return KernelProviders.all();
    }

    private final DataSet batch = TestNetworks.batch(DataType.FLOAT, 2, 32, 32);

    private static ComputationGraph network(KernelProvider provider) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(Padding.SAME)
                        .dataType(DataType.FLOAT)
                        .kernels(provider.name())
                        .build());
        TestNetworks.unsettle(network);
        return network;
    }

    private INDArray fresh(ComputationGraph network) {
        return network.clone().outputSingle(batch.getFeatures()).dup();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void outputsFollowEveryWayToWriteParameters(KernelProvider provider) {
        ComputationGraph network = network(provider);
        try (NetworkInference inference = NetworkInference.of(network)) {
            check(network, inference, "as it was made");
            network.setParams(network.params().mul(1.01));
            check(network, inference, "setParams");
            Map<String, INDArray> table = new HashMap<>();
            network.paramTable().forEach((name, values) -> table.put(name, values.mul(0.99)));
            network.setParamTable(table);
            check(network, inference, "setParamTable");
            network.params().muli(1.02);
            check(network, inference, "a write in place");
            network.getParam("stem_W").addi(0.01);
            check(network, inference, "a write into one parameter");
            network.setParam("head_gamma", network.getParam("head_gamma").mul(1.1));
            check(network, inference, "setParam");
            ComputationGraph sharing =
                    new ComputationGraph(network.getConfiguration().clone());
            sharing.init(network.params(), false);
            sharing.fit(batch);
            check(network, inference, "a step of a network on the same parameters");
            network.fit(batch);
            check(network, inference, "a step");
        }
    }

    private void check(ComputationGraph network, NetworkInference inference, String what) {
        INDArray expected = fresh(network);
        INDArray before = network.outputSingle(batch.getFeatures());
        assertEquals(0, expected.sub(before).amaxNumber().doubleValue(), 1e-6, "output after " + what);
        INDArray compiled = inference.output(batch.getFeatures());
        assertEquals(0, expected.sub(compiled).amaxNumber().doubleValue(), 1e-5, "inference after " + what);
        assertEquals(network.clone().score(batch), network.score(batch), 1e-5, "score after " + what);
    }

    /** As DL4J's own batch norm. */
    @ParameterizedTest
    @MethodSource("providers")
    void onlyGradientsMoveRunningStatistics(KernelProvider provider) {
        ComputationGraph network = network(provider);
        INDArray before = network.params().dup();
        network.output(true, batch.getFeatures());
        network.feedForward(batch.getFeatures(), true);
        network.score(batch, true);
        assertEquals(before, network.params());
        network.setInputs(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        assertNotEquals(before, network.params());
    }
}
