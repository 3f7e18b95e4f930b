package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Analytic gradients against central differences of the loss, in double precision. */
class GradientTest {
    private static final double STEP = 1e-6;
    private static final int SAMPLES_PER_PARAMETER = 2;

    @ParameterizedTest
    @CsvSource({"SAME, 16, 16, 3, 0", "SYMMETRIC, 15, 18, 2, 0", "SAME, 9, 9, 4, 0.4"})
    void areTheSlopesOfTheLoss(Padding padding, int height, int width, int examples, double dropConnect) {
        ComputationGraph network = NetworkGraph.create(
                TestNetworks.EVERY_BLOCK,
                TestNetworks.options(padding).dropConnectRate(dropConnect).build());
        TestNetworks.unsettle(network);
        DataSet batch = TestNetworks.batch(DataType.DOUBLE, examples, height, width);
        loss(network, batch);
        INDArray gradient =
                network.getFlattenedGradients().div(batch.numExamples()).dup('c');

        Random random = new Random(5);
        double largest = 0;
        long offset = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            String name = parameter.getKey();
            long length = parameter.getValue().length();
            for (int sample = 0; sample < SAMPLES_PER_PARAMETER; sample++) {
                long index = offset + random.nextInt((int) length);
                double analytic = gradient.getDouble(index);
                if (name.endsWith("_mean") || name.endsWith("_var")) {
                    assertEquals(0, analytic, name + " is moved, not trained");
                    continue;
                }
                double numeric = slope(network, batch, index);
                assertEquals(numeric, analytic, 1e-5 * Math.max(1e-2, Math.abs(numeric)), name + "[" + index + "]");
                largest = Math.max(largest, Math.abs(numeric));
            }
            offset += length;
        }
        assertTrue(largest > 1e-2, "the loss must depend on the parameters");
    }

    private static double slope(ComputationGraph network, DataSet batch, long index) {
        INDArray parameters = network.params();
        double value = parameters.getDouble(index);
        parameters.putScalar(index, value + STEP);
        double above = loss(network, batch);
        parameters.putScalar(index, value - STEP);
        double below = loss(network, batch);
        parameters.putScalar(index, value);
        return (above - below) / (2 * STEP);
    }

    /** The mean loss of a training-mode pass. */
    private static double loss(ComputationGraph network, DataSet batch) {
        network.setInputs(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        return network.score();
    }
}
