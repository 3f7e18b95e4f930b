package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.graph.AdaptiveRegularization;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.train.phase.EpochBatches;
import org.efficientnet4j.train.run.WeightAverage;
import org.efficientnet4j.train.step.JudgedWeights;
import org.efficientnet4j.train.step.Recalibration;
import org.efficientnet4j.train.step.TrainedPart;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Changes of a phase in a network, and the weights judged in place of the latest ones. */
class AdaptationTest {
    private static final int CLASSES = 3;

    @Test
    void dropoutChangesInPlaceAndNothingElseDoes() {
        ComputationGraph network = network(0.2, 0);
        INDArray weights = network.params().dup();
        INDArray images = images(16, 1);
        INDArray plain = network.output(false, images)[0].dup();

        AdaptiveRegularization.setDropout(network, 0, 1);
        INDArray open = network.output(true, images)[0].dup();
        assertEquals(open, network.output(true, images)[0], "without dropout nothing is left to chance");
        AdaptiveRegularization.setDropout(network, 0.5, 1);
        INDArray dropped = network.output(true, images)[0].dup();
        assertNotEquals(open, dropped);
        AdaptiveRegularization.setDropout(network, 0.9, 1);
        assertTrue(
                network.output(true, images)[0].distance2(open) > dropped.distance2(open),
                "a stronger dropout must change the outputs more");

        assertEquals(weights, network.params(), "no pass without a gradient may move batch norm's statistics");
        assertEquals(plain, fresh(network).output(false, images)[0], "inference must not know of dropout");
    }

    @Test
    void stochasticDepthIsWeakenedToNothingAndBack() {
        ComputationGraph network = network(0, 0.8);
        INDArray images = images(16, 2);
        INDArray full = network.output(true, images)[0].dup();
        AdaptiveRegularization.setStochasticDepth(network, 0);
        INDArray none = network.output(true, images)[0].dup();
        assertNotEquals(full, none);
        assertEquals(network(0, 0).output(true, images)[0], none, "no share is the network without stochastic depth");
        AdaptiveRegularization.setStochasticDepth(network, 1);
        assertEquals(full, network.output(true, images)[0]);
    }

    @Test
    void recalibratedStatisticsAreTheMeanOverBatches() {
        List<DataSet> batches = List.of(batch(8, 3), batch(8, 4), batch(8, 5));
        List<INDArray> each = new ArrayList<>();
        for (DataSet one : batches) {
            each.add(statistics(List.of(one), 1));
        }
        INDArray mean = each.get(0).add(each.get(1)).addi(each.get(2)).divi(3);
        assertEquals(
                0,
                mean.distance2(statistics(batches, 3)),
                1e-5 * mean.norm2Number().doubleValue());
        assertEquals(
                0,
                each.get(0).add(each.get(1)).divi(2).distance2(statistics(batches, 2)),
                1e-5 * mean.norm2Number().doubleValue(),
                "only as many batches as asked for");
    }

    /** In training a batch is normalised by its own statistics: measured on it alone, inference must do the same. */
    @Test
    void recalibratedOnOneBatchInferenceIsTrainingsForwardPass() {
        ComputationGraph network = network(0, 0);
        DataSet batch = batch(64, 6);
        INDArray trained = network.output(true, batch.getFeatures())[0].dup();
        recalibration(List.of(batch), 1).run(TrainedPart.all(network));
        INDArray inferred = fresh(network).output(false, batch.getFeatures())[0];
        // The statistic is the unbiased variance, of at least 64 * 4 * 4 values: 1/1024 larger.
        assertEquals(0, trained.sub(inferred).amaxNumber().doubleValue(), 5e-3);
    }

    @Test
    void judgedWeightsAreTheAverageAndTrainingsComeBack() {
        ComputationGraph network = network(0, 0);
        INDArray training = network.params().dup();
        INDArray average = training.mul(0.5);
        Recalibration none = recalibration(List.of(batch(8, 7)), 1);
        try (JudgedWeights judged = JudgedWeights.enter(
                TrainedPart.all(network), Optional.of(new WeightAverage(0.9, average)), Optional.empty())) {
            assertEquals(average, judged.network().params());
        }
        assertEquals(training, network.params());
        try (JudgedWeights judged =
                JudgedWeights.enter(TrainedPart.all(network), Optional.empty(), Optional.of(none))) {
            assertNotEquals(training, judged.network().params());
        }
        assertEquals(training, network.params(), "recalibrated statistics must not stay");
    }

    private static INDArray statistics(List<DataSet> batches, int used) {
        ComputationGraph network = network(0, 0);
        recalibration(batches, used).run(TrainedPart.all(network));
        return network.params().dup();
    }

    private static Recalibration recalibration(List<DataSet> batches, int used) {
        return new Recalibration(
                () -> new EpochBatches(new ListDataSetIterator<>(
                        DataSet.merge(batches).asList(), batches.get(0).numExamples())),
                used);
    }

    /** A copy, so that nothing a kernel keeps of older weights plays a part. */
    private static ComputationGraph fresh(ComputationGraph network) {
        ComputationGraph copy = new ComputationGraph(network.getConfiguration().clone());
        copy.init(network.params(), true);
        return copy;
    }

    private static ComputationGraph network(double dropout, double dropConnectRate) {
        ArchitectureSpec spec = new ArchitectureSpec(
                4,
                BlockNotation.parse(
                        4, List.of("r2_k3_s1_e1_i4_o4_c1", "r1_k3_s2_e4_i4_o6_c1", "r3_k3_s1_e2_i6_o6_se0.25")),
                16);
        ModelDefinition model = new ModelDefinition(
                "adapting", spec, CompoundScaling.NONE, ChannelRounding.PLAIN, 16, 16, 0, Normalization.IMAGENET);
        return NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(CLASSES)
                        .dropout(dropout)
                        .dropConnectRate(dropConnectRate)
                        .seed(5)
                        .build());
    }

    private static INDArray images(int examples, long seed) {
        Nd4j.getRandom().setSeed(seed);
        return Nd4j.randn(DataType.FLOAT, examples, 3, 16, 16);
    }

    private static DataSet batch(int examples, long seed) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(images(examples, seed), labels);
    }
}
