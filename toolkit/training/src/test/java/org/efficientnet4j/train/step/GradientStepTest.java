package org.efficientnet4j.train.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.Classifier;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.options.ClassWeights;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.StepScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class GradientStepTest {
    @Test
    void isDl4jsOwnFitForOneBatch() {
        ComputationGraph theirs = network(new Adam(0.01), DataType.FLOAT);
        ComputationGraph ours = theirs.clone();
        for (int step = 0; step < 3; step++) {
            DataSet batch = batch(DataType.FLOAT, 8, step);
            theirs.fit(batch);
            step(ours, 0).learn(List.of(batch), step, step, Optional.empty(), GradientStepTest::never);
        }
        assertEquals(theirs.params(), ours.params());
        assertEquals(theirs.getUpdater().getStateViewArray(), ours.getUpdater().getStateViewArray());
        assertEquals(theirs.getIterationCount(), ours.getIterationCount());
    }

    @Test
    void severalBatchesAreOneLargeBatch() {
        ComputationGraph whole = network(new Sgd(0.5), DataType.DOUBLE);
        ComputationGraph parts = whole.clone();
        DataSet all = batch(DataType.DOUBLE, 12, 1);
        StepScore one = step(whole, 0).learn(List.of(all), 0, 0, Optional.empty(), GradientStepTest::never);
        StepScore three = step(parts, 0).learn(all.batchBy(4), 0, 0, Optional.empty(), GradientStepTest::never);

        assertEquals(0, whole.params().distance2(parts.params()), 1e-12);
        assertEquals(12, three.examples());
        assertEquals(one.loss(), three.loss(), 1e-12);
        assertEquals(one.right(), three.right());
    }

    /** A class of weight 3 is one whose examples come three times, but for the number that the sum is divided by. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWeightedClassCountsAsOftenAsItsWeight(boolean ownClassifier) {
        ComputationGraph weighted = network(new Sgd(0.5), DataType.DOUBLE, ownClassifier);
        ComputationGraph repeated = weighted.clone();
        INDArray before = weighted.params().dup();
        DataSet batch = batch(DataType.DOUBLE, 6, 4);
        List<DataSet> each = batch.asList();
        DataSet thrice = DataSet.merge(
                Stream.concat(each.stream(), Stream.of(each.get(1), each.get(4), each.get(1), each.get(4)))
                        .toList());
        step(weighted, 0, ClassWeights.of(Map.of("green", 3.0)))
                .learn(List.of(batch), 0, 0, Optional.empty(), GradientStepTest::never);
        step(repeated, 0).learn(List.of(thrice), 0, 0, Optional.empty(), GradientStepTest::never);

        INDArray byWeight = weighted.params().sub(before).mul(6);
        INDArray byCount = repeated.params().sub(before).mul(10);
        assertEquals(0, byWeight.distance2(byCount), 1e-12);
        assertTrue(byWeight.norm2Number().doubleValue() > 0.1);
    }

    @Test
    void stepIsAsLongAsTheNormAllows() {
        ComputationGraph graph = network(new Sgd(1), DataType.DOUBLE);
        INDArray before = graph.params().dup();
        DataSet batch = batch(DataType.DOUBLE, 8, 2);
        step(graph, 0).learn(List.of(batch), 0, 0, Optional.empty(), GradientStepTest::never);
        double free = before.distance2(graph.params());
        graph.params().assign(before);
        step(graph, free / 4).learn(List.of(batch), 0, 0, Optional.empty(), GradientStepTest::never);
        assertEquals(free / 4, before.distance2(graph.params()), 1e-9);
        graph.params().assign(before);
        step(graph, 2 * free).learn(List.of(batch), 0, 0, Optional.empty(), GradientStepTest::never);
        assertEquals(free, before.distance2(graph.params()), 1e-9, "a shorter gradient stays as it is");
    }

    @Test
    void aLossThatIsNoNumberLeavesTheWeights() {
        ComputationGraph graph = network(new Sgd(1), DataType.FLOAT);
        INDArray before = graph.params().dup();
        DataSet batch = batch(DataType.FLOAT, 4, 3);
        batch.getFeatures().putScalar(0, 0, Double.NaN);
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> step(graph, 0)
                .learn(List.of(batch), 0, 0, Optional.empty(), loss -> new IllegalArgumentException("loss " + loss)));
        assertTrue(failure.getMessage().contains("NaN"), failure.getMessage());
        assertEquals(before, graph.params());
    }

    private static RuntimeException never(double loss) {
        return new IllegalStateException("no divergence was expected, found " + loss);
    }

    private static GradientStep step(ComputationGraph graph, double clipNorm) {
        return step(graph, clipNorm, ClassWeights.NONE);
    }

    private static GradientStep step(ComputationGraph graph, double clipNorm, ClassWeights weights) {
        StepScoreListener scores = new StepScoreListener();
        graph.setListeners(scores);
        TrainingOptions options = TinyTraining.options()
                .set(RegularizationOptions.LABEL_SMOOTHING, 0.0)
                .set(OptimizerOptions.CLIP_NORM, clipNorm)
                .set(RegularizationOptions.CLASS_WEIGHTS, weights)
                .build();
        return new GradientStep(TrainedPart.all(graph), TinyTraining.metadata(), options, scores);
    }

    private static ComputationGraph network(IUpdater updater, DataType type) {
        return network(updater, type, false);
    }

    private static ComputationGraph network(IUpdater updater, DataType type, boolean ownClassifier) {
        OutputLayer.Builder output = new OutputLayer.Builder().nIn(6).nOut(3).activation(Activation.SOFTMAX);
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(updater)
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "hidden",
                        new DenseLayer.Builder()
                                .nIn(5)
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build(),
                        "input")
                .addLayer("output", ownClassifier ? new Classifier(output, "auto") : output.build(), "hidden")
                .setOutputs("output")
                .build());
        graph.init();
        return graph;
    }

    private static DataSet batch(DataType type, int examples, int seed) {
        Nd4j.getRandom().setSeed(seed);
        INDArray labels = Nd4j.zeros(type, examples, 3);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        return new DataSet(Nd4j.randn(type, examples, 5), labels);
    }
}
