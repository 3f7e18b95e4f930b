package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.train.optimizer.TfRmsProp;
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
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;

class FusedUpdaterTest {
    private static final int STEPS = 3;
    private static final double RATE = 1e-2;

    static Stream<Arguments> optimisers() {
        List<Regularization> l2 = List.of(new L2Regularization(0.05));
        return Stream.of(
                optimiser(Adam::new, List.of()),
                optimiser(rate -> new Adam(rate, 0.8, 0.99, 1e-4), l2),
                optimiser(Adam::new, List.of(new WeightDecay(0.1, true))),
                optimiser(Adam::new, List.of(new WeightDecay(0.01, false))),
                optimiser(Sgd::new, l2),
                optimiser(rate -> new Nesterovs(rate, 0.9), l2),
                optimiser(rate -> new Nesterovs(rate, 0.9), List.of(new WeightDecay(0.1, true))),
                optimiser(rate -> new TfRmsProp(new FixedSchedule(rate), 0.9, 0.8, 0.001), l2),
                // A rule known to DL4J alone.
                optimiser(Nadam::new, l2),
                optimiser(Adam::new, List.of(new L1Regularization(0.05))));
    }

    private static Arguments optimiser(DoubleFunction<IUpdater> byRate, List<Regularization> decay) {
        return Arguments.of(byRate, decay);
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void changesWeightsAndStateAsDl4jDoes(DoubleFunction<IUpdater> byRate, List<Regularization> decay) {
        assertSameAsDl4j(network(byRate.apply(RATE), decay), network(byRate.apply(RATE), decay));
    }

    /** As in fine-tuning: DL4J then keeps the state of each stretch by itself. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void changesWeightsUnderSeveralRatesAsDl4jDoes(DoubleFunction<IUpdater> byRate, List<Regularization> decay) {
        ComputationGraph stock = slowedDown(network(byRate.apply(RATE), decay), byRate);
        assertSameAsDl4j(stock, slowedDown(network(byRate.apply(RATE), decay), byRate));
        assertTrue(stock.getUpdater().getUpdaterBlocks().size() > 1);
    }

    private static ComputationGraph slowedDown(ComputationGraph network, DoubleFunction<IUpdater> byRate) {
        for (int layer = 0; layer < 4; layer++) {
            ((BaseLayer) network.getLayer(layer).conf().getLayer()).setIUpdater(byRate.apply(RATE / 10));
        }
        return network;
    }

    /** Clipped and averaged by ND4J's operations where the kernels have no optimisers, in the same pass where they do. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void shortensSubtractsAndAveragesInOneGo(DoubleFunction<IUpdater> byRate, List<Regularization> decay) {
        ComputationGraph plain = slowedDown(network(byRate.apply(RATE), decay, "portable"), byRate);
        ComputationGraph fused = slowedDown(network(byRate.apply(RATE), decay), byRate);
        fused.setParams(plain.params().dup());
        INDArray plainAverage = plain.params().dup();
        INDArray fusedAverage = plain.params().dup();
        FusedUpdater plainUpdater = FusedUpdater.install(plain);
        FusedUpdater fusedUpdater = FusedUpdater.install(fused);
        for (int step = 0; step < STEPS; step++) {
            // Its norm is about the root of the number of parameters: shortened at the second step alone.
            INDArray gradient = Nd4j.randn(DataType.FLOAT, 1, plain.numParams());
            double clipNorm = step == 1 ? 0.5 : 1e6;
            plain.getFlattenedGradients().assign(gradient);
            fused.getFlattenedGradients().assign(gradient);
            plainUpdater.step(
                    new DefaultGradient(plain.getFlattenedGradients()),
                    new WeightStep(step, 0, 4, clipNorm, Optional.of(new Average(plainAverage, 0.7))));
            fusedUpdater.step(
                    new DefaultGradient(fused.getFlattenedGradients()),
                    new WeightStep(step, 0, 4, clipNorm, Optional.of(new Average(fusedAverage, 0.7))));
        }
        assertClose(plain.params(), fused.params());
        assertClose(plainAverage, fusedAverage);
        assertTrue(plain.params().distance2(plainAverage) > 1e-3, "the average lags behind");
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
        INDArray state = stock.getUpdater().getStateViewArray();
        if (state != null) {
            assertClose(state, fused.getUpdater().getStateViewArray());
        }
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
        return network(updater, decay, KernelProviders.AUTOMATIC);
    }

    private static ComputationGraph network(IUpdater updater, List<Regularization> decay, String kernels) {
        GraphOptions options = TestNetworks.options(Padding.SAME)
                .updater(updater)
                .dataType(DataType.FLOAT)
                .kernels(kernels)
                .build();
        ComputationGraph network = NetworkGraph.create(TestNetworks.EVERY_BLOCK, options);
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
