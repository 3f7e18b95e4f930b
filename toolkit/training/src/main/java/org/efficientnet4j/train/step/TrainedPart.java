package org.efficientnet4j.train.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.Subgraph;
import org.efficientnet4j.train.options.TrainingOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A network in training and the part of it that learns, on the same parameters. What is before the part is frozen: it
 * answers as in inference, the optimiser does not know it, and the backward pass does not reach it.
 *
 * @param whole the network
 * @param trunk its frozen first part, if it has one
 * @param graph the rest, with the run's optimiser
 */
public record TrainedPart(ComputationGraph whole, Optional<ComputationGraph> trunk, ComputationGraph graph) {
    /** A network that learns as a whole, with the optimiser it has. */
    public static TrainedPart all(ComputationGraph network) {
        return new TrainedPart(network, Optional.empty(), network);
    }

    /**
     * A network that learns in part.
     *
     * @param boundary the vertex up to which it is frozen
     * @param rates the learning rate of a layer
     */
    static TrainedPart of(
            ComputationGraph whole,
            Optional<String> boundary,
            TrainingOptions options,
            Function<String, ISchedule> rates) {
        ComputationGraph learning =
                boundary.map(vertex -> Subgraph.behind(whole, vertex)).orElse(whole);
        ComputationGraph graph = TrainableGraph.of(learning, options, rates);
        FusedUpdater.install(graph);
        return new TrainedPart(whole, boundary.map(vertex -> Subgraph.upTo(whole, List.of(vertex))), graph);
    }

    /** The place of the part's first parameter in the network's flat vector. */
    long firstParameter() {
        return whole.numParams() - graph.numParams();
    }

    /**
     * Input of the part for a batch.
     *
     * @param array its input, {@code [N, C, H, W]} or a vertex's activations
     * @param ours whether it was made for this, and goes when closed
     */
    record Input(INDArray array, boolean ours) implements AutoCloseable {
        @Override
        public void close() {
            if (ours) {
                array.close();
            }
        }
    }

    /** Runs images through the frozen part. */
    Input input(INDArray images) {
        return trunk.map(frozen -> new Input(frozen.outputSingle(images), true))
                .orElseGet(() -> new Input(images, false));
    }

    /** Lets the whole network be used after the part has learnt. */
    void showLearnt() {
        Subgraph.parametersChanged(whole);
    }

    /** Takes over what the optimiser of a smaller part of the same network remembers of its parameters. */
    void adoptOptimizer(TrainedPart smaller) {
        long shift = smaller.firstParameter() - firstParameter();
        for (UpdaterBlock from : blocks(smaller)) {
            for (UpdaterBlock to : blocks(this)) {
                adopt(from, to, shift);
            }
        }
    }

    private static List<UpdaterBlock> blocks(TrainedPart part) {
        return part.graph().getUpdater().getUpdaterBlocks();
    }

    private static void adopt(UpdaterBlock from, UpdaterBlock to, long shift) {
        long first = Math.max(from.getParamOffsetStart() + shift, to.getParamOffsetStart());
        long end = Math.min(from.getParamOffsetEnd() + shift, to.getParamOffsetEnd());
        if (first >= end) {
            return;
        }
        Map<String, INDArray> source = state(from);
        Map<String, INDArray> target = state(to);
        long sourceStart = from.getParamOffsetStart() + shift;
        long targetStart = to.getParamOffsetStart();
        source.forEach((name, values) -> stretch(target.get(name), first - targetStart, end - targetStart)
                .assign(stretch(values, first - sourceStart, end - sourceStart)));
    }

    @SuppressWarnings("unchecked") // DL4J keeps its updaters as raw types
    private static Map<String, INDArray> state(UpdaterBlock block) {
        return block.getGradientUpdater().getState();
    }

    private static INDArray stretch(INDArray vector, long from, long to) {
        return vector.reshape(vector.length()).get(NDArrayIndex.interval(from, to));
    }
}
