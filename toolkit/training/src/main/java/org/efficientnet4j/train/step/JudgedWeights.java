package org.efficientnet4j.train.step;

import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.train.run.WeightAverage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the weights to be judged and saved into a network, and the weights that training goes on with back when closed,
 * bit for bit.
 */
public final class JudgedWeights implements AutoCloseable {
    private final ComputationGraph graph;
    private final Optional<INDArray> training;

    private JudgedWeights(ComputationGraph graph, Optional<INDArray> training) {
        this.graph = graph;
        this.training = training;
    }

    /**
     * Puts them in.
     *
     * @param average the weights' moving average; without one the latest weights are judged
     * @param recalibration measures batch norm's statistics anew for those weights
     */
    public static JudgedWeights enter(
            TrainedPart part, Optional<WeightAverage> average, Optional<Recalibration> recalibration) {
        ComputationGraph graph = part.whole();
        if (average.isEmpty() && recalibration.isEmpty()) {
            part.showLearnt();
            return new JudgedWeights(graph, Optional.empty());
        }
        JudgedWeights judged =
                new JudgedWeights(graph, Optional.of(graph.params().dup()));
        average.ifPresent(weights -> graph.params().assign(weights.values()));
        recalibration.ifPresent(measured -> measured.run(part));
        part.showLearnt();
        return judged;
    }

    /** The network with the weights to be judged. */
    public ComputationGraph network() {
        return graph;
    }

    @Override
    public void close() {
        training.ifPresent(weights -> graph.params().assign(weights));
    }
}
