package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.graph.WeightStep;
import org.efficientnet4j.train.optimizer.TfRmsProp;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.run.WeightAverage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** Against torch.optim, whose figures {@code optimizers.py} beside the fixture makes, and closed forms. */
class OptimizerReferenceTest {
    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 1e-2;

    private static JsonNode reference;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = OptimizerReferenceTest.class.getResourceAsStream("optimizers.json")) {
            reference = new ObjectMapper().readTree(in);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SGD", "ADAM", "ADAMW"})
    void takesTheStepsOfTorch(Optimizer optimizer) {
        double rate = reference.get("rate").asDouble();
        IUpdater config = optimizer.updater(new FixedSchedule(rate), MOMENTUM);
        List<Regularization> decay = optimizer.regularization(WEIGHT_DECAY);
        INDArray weights = vector(reference.get("start"));
        INDArray state = Nd4j.zeros(DataType.DOUBLE, 1, config.stateSize(weights.length()));
        GradientUpdater<?> updater = config.instantiate(state, true);
        for (int step = 0; step < reference.get("gradients").size(); step++) {
            INDArray gradient = vector(reference.get("gradients").get(step));
            apply(decay, Regularization.ApplyStep.BEFORE_UPDATER, weights, gradient, step, rate);
            updater.applyUpdater(gradient, step, 0);
            apply(decay, Regularization.ApplyStep.POST_UPDATER, weights, gradient, step, rate);
            weights.subi(gradient);
            double[] expected = vector(reference
                            .get(optimizer.name().toLowerCase(java.util.Locale.ROOT))
                            .get(step))
                    .toDoubleVector();
            // Adam's epsilon of 1e-8 is added before the bias correction here and after it there.
            assertArrayEquals(expected, weights.toDoubleVector(), 1e-7, optimizer + ", step " + step);
        }
    }

    private static void apply(
            List<Regularization> decay,
            Regularization.ApplyStep when,
            INDArray weights,
            INDArray gradient,
            int step,
            double rate) {
        for (Regularization regularization : decay) {
            if (regularization.applyStep() == when) {
                regularization.apply(weights, gradient, rate, step, 0);
            }
        }
    }

    /** By hand: square starts at 1, epsilon is inside the root, momentum runs over whole steps. */
    @Test
    void rmsPropIsTensorFlows() {
        ISchedule rates = new LearningRateSchedule(LearningRateShape.EXPONENTIAL, 0.5, 0, 10, 0.5, 1);
        TfRmsProp config = new TfRmsProp(rates, 0.9, 0.8, 0.001);
        INDArray state = Nd4j.zeros(DataType.DOUBLE, 1, config.stateSize(2));
        GradientUpdater<?> updater = config.instantiate(state, true);

        INDArray first = Nd4j.createFromArray(new double[] {2, -0.5}).reshape(1, 2);
        updater.applyUpdater(first, 0, 0);
        double[] squares = {0.9 + 0.1 * 4, 0.9 + 0.1 * 0.25};
        double[] moments = {0.5 * 2 / Math.sqrt(squares[0] + 0.001), 0.5 * -0.5 / Math.sqrt(squares[1] + 0.001)};
        assertArrayEquals(moments, first.toDoubleVector(), 1e-12);

        INDArray second = Nd4j.createFromArray(new double[] {0, 3}).reshape(1, 2);
        updater.applyUpdater(second, 1, 0);
        double square = 0.9 * squares[1] + 0.1 * 9;
        double[] expected = {0.8 * moments[0], 0.8 * moments[1] + 0.25 * 3 / Math.sqrt(square + 0.001)};
        assertArrayEquals(expected, second.toDoubleVector(), 1e-12);
    }

    @Test
    void clippedGradientIsTorchs() {
        INDArray gradient = vector(reference.get("gradients").get(0));
        new WeightStep(0, 0, 1, reference.get("clippedTo").asDouble(), Optional.empty()).clip(gradient);
        // torch adds 1e-6 to the norm.
        assertArrayEquals(vector(reference.get("clipped")).toDoubleVector(), gradient.toDoubleVector(), 1e-6);
    }

    @Test
    void averageFollowsClosedForm() {
        INDArray values = Nd4j.createFromArray(1.0, 1.0).reshape(1, 2);
        WeightAverage average = new WeightAverage(0.5, values);
        follow(average, 0, 2, 0);
        assertArrayEquals(new double[] {0.1 + 0.9 * 2, 0.1}, values.toDoubleVector(), 1e-12);
        assertEquals(2 / 11.0, average.decayAt(1), 1e-12);
        assertEquals(0.5, average.decayAt(1000), "the warm-up ends at the decay asked for");
        follow(average, 1000, 0, 0);
        assertArrayEquals(new double[] {0.95, 0.05}, values.toDoubleVector(), 1e-12);
    }

    private static void follow(WeightAverage average, long step, double... weights) {
        new WeightStep(0, 0, 1, 0, Optional.of(average.at(0, step)))
                .follow(Nd4j.createFromArray(weights).reshape(1, weights.length));
    }

    private static INDArray vector(JsonNode numbers) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asDouble();
        }
        return Nd4j.createFromArray(values).reshape(1, values.length);
    }
}
