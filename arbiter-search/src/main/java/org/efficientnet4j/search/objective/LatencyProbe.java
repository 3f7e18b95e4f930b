package org.efficientnet4j.search.objective;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Times a network's inference on this machine. */
public final class LatencyProbe {
    private static final int WARM_UPS = 2;
    private static final int RUNS = 7;

    private LatencyProbe() {}

    /**
     * Milliseconds in which a network of random weights classifies one image of its evaluation size, the median of 7 runs.
     * One probe at a time runs in a process; trials that train meanwhile make it slower.
     */
    public static double millis(ModelDefinition model) {
        synchronized (LatencyProbe.class) {
            ComputationGraph network =
                    NetworkGraph.create(model, GraphOptions.builder(model).build());
            INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 3, model.evalSize(), model.evalSize());
            double[] times = new double[RUNS];
            try (NetworkInference inference = NetworkInference.of(network)) {
                for (int run = -WARM_UPS; run < RUNS; run++) {
                    long start = System.nanoTime();
                    inference.output(image);
                    if (run >= 0) {
                        times[run] = (System.nanoTime() - start) / 1e6;
                    }
                }
            }
            Arrays.sort(times);
            return times[RUNS / 2];
        }
    }
}
