package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

class FusedUpdaterTest {
    private static final int STEPS = 3;

    static Stream<Arguments> optimisers() {
        return Stream.of(
                Arguments.of(new Adam(1e-2), List.of()),
                Arguments.of(new Adam(1e-2, 0.8, 0.99, 1e-4), List.of(new L2Regularization(0.05))),
                Arguments.of(new Adam(1e-2), List.of(new WeightDecay(0.1, true))),
                Arguments.of(new Adam(1e-2), List.of(new WeightDecay(0.01, false))),
                Arguments.of(new Nesterovs(1e-2, 0.9), List.of(new L2Regularization(0.05))));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void changesWeightsAndStateAsDl4jDoes(IUpdater updater, List<Regularization> decay) {
        assertSameAsDl4j(network(updater, decay), network(updater, decay));
    }

    /** As in fine-tuning: DL4J then keeps the state of each stretch by itself. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void changesWeightsUnderSeveralRatesAsDl4jDoes(IUpdater updater, List<Regularization> decay) {
        ComputationGraph stock = slowedDown(network(updater, decay));
        assertSameAsDl4j(stock, slowedDown(network(updater, decay)));
        assertTrue(stock.getUpdater().getUpdaterBlocks().size() > 1);
    }

    private static ComputationGraph slowedDown(ComputationGraph network) {
        for (int layer = 0; layer < 4; layer++) {
            BaseLayer first = (BaseLayer) network.getLayer(layer).conf().getLayer();
            IUpdater slower = first.getIUpdater().clone();
            slower.setLrAndSchedule(1e-3, null);
            first.setIUpdater(slower);
        }
        return network;
    }

    private static void assertSameAsDl4j(ComputationGraph stock, ComputationGraph fused) {
        FusedUpdater.install(fused);
        stock.initGradientsView();
        for (int step = 0; step < STEPS; step++) {
            INDArray gradient = Nd4j.randn(DataType.FLOAT, 1, stock.numParams());
            for (ComputationGraph network : List.of(stock, fused)) {
                network.getFlattenedGradients().assign(gradient);
                network.getUpdater()
                        .update(
                                new DefaultGradient(network.getFlattenedGradients()),
                                step,
                                0,
                                4,
                                LayerWorkspaceMgr.noWorkspaces());
                INDArray weights = network.params();
                weights.subi(network.getFlattenedGradients().reshape(weights.shape()));
            }
        }
        assertClose(stock.params(), fused.params());
        assertClose(stock.getUpdater().getStateViewArray(), fused.getUpdater().getStateViewArray());
    }

    @Test
    void keepsTheStateOfAnOptimiserThatHasRun() {
        ComputationGraph network = network(new Adam(1e-2), List.of());
        DataSet batch = TestNetworks.batch(DataType.FLOAT, 2, 32, 32);
        network.fit(batch);
        INDArray before = network.getUpdater().getStateViewArray().dup();
        FusedUpdater.install(network);
        assertEquals(before, network.getUpdater().getStateViewArray());
        network.fit(batch);
        assertTrue(before.sub(network.getUpdater().getStateViewArray())
                        .amaxNumber()
                        .doubleValue()
                > 0);
    }

    private static ComputationGraph network(IUpdater updater, List<Regularization> decay) {
        GraphOptions options = TestNetworks.options(Padding.SAME)
                .updater(updater)
                .dataType(DataType.FLOAT)
                .kernels(KernelProviders.AUTOMATIC)
                .build();
        ComputationGraph network = EfficientNetGraph.create(TestNetworks.EVERY_BLOCK, options);
        for (Layer layer : network.getLayers()) {
            ((BaseLayer) layer.conf().getLayer()).setRegularization(decay);
        }
        return network;
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double scale = expected.amaxNumber().doubleValue();
        assertEquals(0, expected.sub(actual).amaxNumber().doubleValue() / scale, 1e-6);
    }
}
