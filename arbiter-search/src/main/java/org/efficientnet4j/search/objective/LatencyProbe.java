package org.efficientnet4j.search.objective;

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
    private static final int WARM_UPS = 3;
    private static final int RUNS = 11;

    private LatencyProbe() {}

    /**
     * Milliseconds in which a network of random weights classifies one image of its evaluation size, over 11 runs. One
     * probe at a time runs in a process, and trials that train there wait meanwhile.
     */
    public static Timing measure(ModelDefinition model) {
        return MeasuringGate.alone(() -> {
            ComputationGraph network =
                    NetworkGraph.create(model, GraphOptions.builder(model).build());
            INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 3, model.evalSize(), model.evalSize());
            try (NetworkInference inference = NetworkInference.of(network)) {
                return Timing.of(WARM_UPS, RUNS, () -> inference.output(image));
            }
        });
    }
}
