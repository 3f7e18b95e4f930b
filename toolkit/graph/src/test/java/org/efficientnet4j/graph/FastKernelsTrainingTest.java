package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Whole networks on the fast kernels, in DL4J's workspaces, against portable ones in double precision. */
class FastKernelsTrainingTest {
    private static final double WORST = 1e-4;

    static List<KernelProvider> providers() {
        return KernelProviders.all().stream()
                .filter(provider -> !provider.name().equals("portable"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void trainsLikeThePortableKernelsOverBatchesAndSizesThatChange(KernelProvider provider) {
        assumeRuns(provider);
        for (Padding padding : Padding.ADAPTING) {
            ComputationGraph exact = network("portable", DataType.DOUBLE, padding);
            ComputationGraph fast = network(provider.name(), DataType.FLOAT, padding);
            fast.setParams(exact.params().castTo(DataType.FLOAT));
            exact.setParams(fast.params().castTo(DataType.DOUBLE));
            for (int[] shape : new int[][] {{6, 32, 32}, {4, 32, 32}, {6, 40, 36}, {6, 32, 32}}) {
                DataSet batch = TestNetworks.batch(DataType.FLOAT, shape[0], shape[1], shape[2]);
                exact.fit(inDouble(batch));
                fast.fit(batch);
            }
            assertClose("parameters", exact.params(), fast.params());
            DataSet batch = TestNetworks.batch(DataType.FLOAT, 3, 32, 32);
            assertClose(
                    "output",
                    exact.outputSingle(inDouble(batch).getFeatures()),
                    fast.outputSingle(batch.getFeatures()));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void goesOnFromAModelFileWithTheSameNumbers(KernelProvider provider) throws IOException {
        assumeRuns(provider);
        ComputationGraph network = network(provider.name(), DataType.FLOAT, Padding.SAME);
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 4, 32, 32);
        network.fit(batch);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, file, true);
        ComputationGraph loaded =
                ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()), true);
        network.fit(batch);
        loaded.fit(batch);
        assertEquals(network.params(), loaded.params());
        assertEquals(network.outputSingle(batch.getFeatures()), loaded.outputSingle(batch.getFeatures()));
    }

    private static ComputationGraph network(String kernels, DataType type, Padding padding) {
        return NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(padding).kernels(kernels).dataType(type).build());
    }

    private static DataSet inDouble(DataSet batch) {
        return new DataSet(
                batch.getFeatures().castTo(DataType.DOUBLE), batch.getLabels().castTo(DataType.DOUBLE));
    }

    private static void assertClose(String what, INDArray expected, INDArray actual) {
        INDArray difference = expected.sub(actual.castTo(DataType.DOUBLE));
        double error =
                difference.norm2Number().doubleValue() / expected.norm2Number().doubleValue();
        assertTrue(error <= WORST, what + ": relative error " + error);
    }

    private static void assumeRuns(KernelProvider provider) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
    }
}
