package org.efficientnet4j.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.train.phase.EpochBatches;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures batch norm's statistics anew: runs a few batches through the network as in training, with its weights as they
 * are, and takes the plain mean over the batches. Running statistics lag behind after a change of size, and averaged
 * weights have never seen a batch themselves.
 *
 * <p>Reaches the toolkit's own layers; batch norm of DL4J's, which moves its statistics in the backward pass, keeps what
 * it has. Source: arXiv 2105.07576, section 3.2 ("PreciseBN").
 */
public final class Recalibration {
    private final Supplier<EpochBatches> data;
    private final int batches;

    /**
     * @param data training batches
     * @param batches how many of them to use, at least 1
     */
    public Recalibration(Supplier<EpochBatches> data, int batches) {
        this.data = data;
        this.batches = batches;
    }

    /** Over an epoch's first training batches; none where they are 0. */
    public static Optional<Recalibration> of(TrainingPhase phase, int epoch, int batches) {
        return batches == 0
                ? Optional.empty()
                : Optional.of(new Recalibration(
                        () -> new EpochBatches(phase.training().epoch(epoch)), batches));
    }

    /**
     * A mean or variance.
     *
     * @param values the network's view of it
     * @param decay of the running statistic
     * @param sum of its steps from 0
     */
    private record Statistic(INDArray values, double decay, INDArray sum) {
        void restart() {
            values.assign(0);
        }

        void add() {
            sum.addi(values);
        }

        /** From 0, a step of the running statistic is the batch's own times (1 - decay). */
        void finish(int batches) {
            values.assign(sum.divi(batches * (1 - decay)));
        }
    }

    /** Replaces the statistics of the part that learns. */
    public void run(TrainedPart part) {
        ComputationGraph graph = part.graph();
        List<Statistic> statistics = statistics(graph);
        if (statistics.isEmpty()) {
            return;
        }
        int done = 0;
        try (EpochBatches epoch = data.get()) {
            while (done < batches && epoch.hasNext()) {
                statistics.forEach(Statistic::restart);
                try (TrainedPart.Input input = part.input(epoch.next().getFeatures())) {
                    graph.output(true, input.array());
                    for (Layer layer : graph.getLayers()) {
                        ConvolutionBlock.moveStatistics(layer);
                    }
                }
                statistics.forEach(Statistic::add);
                done++;
            }
        }
        for (Statistic statistic : statistics) {
            statistic.finish(done);
        }
        graph.clearLayersStates();
    }

    private static List<Statistic> statistics(ComputationGraph graph) {
        List<Statistic> found = new ArrayList<>();
        for (Map.Entry<String, GraphVertex> vertex :
                graph.getConfiguration().getVertices().entrySet()) {
            if (vertex.getValue() instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof ConvolutionBlock block
                    && block.settings().batchNorm().isPresent()) {
                double decay = block.settings().batchNorm().get().decay();
                Map<String, INDArray> parameters =
                        graph.getLayer(vertex.getKey()).paramTable();
                for (String name : ConvolutionBlock.STATISTICS) {
                    INDArray values = parameters.get(name);
                    found.add(new Statistic(values, decay, Nd4j.zerosLike(values)));
                }
            }
        }
        return found;
    }
}
