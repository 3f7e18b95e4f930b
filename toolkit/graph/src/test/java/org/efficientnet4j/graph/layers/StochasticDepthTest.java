package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Residual sums and dropout, whose randomness must be the published one and repeat from a seed. */
class StochasticDepthTest {
    private static final int EXAMPLES = 2000;
    private static final double RATE = 0.3;

    @Test
    void dropsWholeExamplesAtTheRateAndScalesTheRest() {
        INDArray sum = trainingOutput(graph(RATE, 5), 0);
        float kept = (float) (1 / (1 - RATE));
        int dropped = 0;
        for (int example = 0; example < EXAMPLES; example++) {
            float first = sum.getFloat(example, 0, 0, 0);
            assertEquals(first, sum.getFloat(example, 1, 1, 2), "an example is kept or dropped as a whole");
            assertTrue(first == 10f || Math.abs(first - (10f + kept)) < 1e-5, "found " + first);
            dropped += first == 10f ? 1 : 0;
        }
        double deviation = Math.sqrt(EXAMPLES * RATE * (1 - RATE));
        assertEquals(EXAMPLES * RATE, dropped, 5 * deviation);
    }

    @Test
    void addsPlainlyInInference() {
        INDArray[] inputs = inputs();
        assertEquals(11f, graph(RATE, 5).output(false, inputs)[0].maxNumber().floatValue());
        assertEquals(11f, graph(RATE, 5).output(false, inputs)[0].minNumber().floatValue());
    }

    @Test
    void dropsTheSameExamplesAtTheSameStepAndOthersAtTheNext() {
        assertEquals(trainingOutput(graph(RATE, 5), 3), trainingOutput(graph(RATE, 5), 3));
        assertNotEquals(trainingOutput(graph(RATE, 5), 3), trainingOutput(graph(RATE, 5), 4));
        assertNotEquals(trainingOutput(graph(RATE, 5), 3), trainingOutput(graph(RATE, 6), 3));
    }

    @Test
    void dropoutKeepsTheMeanAndSendsGradientsTheSameWay() {
        SeededDropout dropout = new SeededDropout(RATE, 9);
        INDArray ones = Nd4j.ones(DataType.FLOAT, 100, 200);
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        INDArray first = dropout.applyDropout(ones, ones.ulike(), 0, 0, workspaces);
        assertEquals(1, first.meanNumber().doubleValue(), 5 * Math.sqrt(RATE / (1 - RATE) / ones.length()));
        INDArray gradient = dropout.backprop(ones, ones.ulike(), 0, 0);
        assertEquals(first, gradient);
        assertNotEquals(first, dropout.applyDropout(ones, ones.ulike(), 1, 0, workspaces));
        assertEquals(first, dropout.clone().applyDropout(ones, ones.ulike(), 0, 0, workspaces));
    }

    @Test
    void refusesRatesThatLeaveNothing() {
        assertThrows(IllegalArgumentException.class, () -> new ResidualAdd(1, 0, "auto"));
        assertThrows(IllegalArgumentException.class, () -> new SeededDropout(-0.1, 0));
    }

    private static INDArray trainingOutput(ComputationGraph graph, int step) {
        graph.getConfiguration().setIterationCount(step);
        INDArray output = graph.output(true, inputs())[0];
        assertArrayEquals(new long[] {EXAMPLES, 2, 2, 3}, output.shape());
        return output;
    }

    private static INDArray[] inputs() {
        INDArray branch = Nd4j.ones(DataType.FLOAT, EXAMPLES, 2, 2, 3);
        return new INDArray[] {branch, branch.mul(10)};
    }

    private static ComputationGraph graph(double rate, long seed) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs("branch", "shortcut")
                .addVertex("add", new ResidualAdd(rate, seed, "portable"), "branch", "shortcut")
                .setOutputs("add")
                .build());
        graph.init();
        return graph;
    }
}
