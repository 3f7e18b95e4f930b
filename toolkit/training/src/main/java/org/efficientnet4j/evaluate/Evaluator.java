package org.efficientnet4j.evaluate;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.NetworkInference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores a network with one softmax output {@code [N, classes]} on labelled batches: top-1, top-5, mean cross-entropy and
 * the confusion matrix. The network runs in inference mode: no dropout, running batch-norm statistics.
 */
public final class Evaluator {
    private final ComputationGraph graph;
    private final List<String> labels;
    private boolean mirrored;

    /**
     * @param graph the network, initialised
     * @param labels its classes' names in the order of its outputs
     */
    public Evaluator(ComputationGraph graph, List<String> labels) {
        this.graph = graph;
        this.labels = List.copyOf(labels);
    }

    /**
     * Averages each image's probabilities with those of its mirror image: twice the time, usually a little better. Not for
     * classes that differ by left and right.
     */
    public Evaluator withMirroring() {
        mirrored = true;
        return this;
    }

    /**
     * Scores every batch of an iterator.
     *
     * @param batches features {@code [N, C, H, W]}, one-hot labels {@code [N, classes]}
     * @throws InvalidInputException if the data has other classes than the network, or no examples
     */
    public EvaluationResult evaluate(DataSetIterator batches) {
        return evaluate(batches, examples -> {});
    }

    /**
     * Scores every batch of an iterator.
     *
     * @param batches features {@code [N, C, H, W]}, one-hot labels {@code [N, classes]}
     * @param progress told the number of examples scored so far, after each batch
     * @throws InvalidInputException if the data has other classes than the network, or no examples
     */
    public EvaluationResult evaluate(DataSetIterator batches, IntConsumer progress) {
        PredictionTally tally = new PredictionTally(labels.size());
        try (NetworkInference inference = NetworkInference.of(graph)) {
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                INDArray probabilities = probabilities(inference, batch.getFeatures());
                requireSameClasses(probabilities, batch.getLabels());
                tally.add(probabilities, batch.getLabels());
                progress.accept(tally.examples());
            }
        }
        if (tally.examples() == 0) {
            throw new InvalidInputException(
                    "Evaluation needs at least 1 readable image, found none: check the data's validation part");
        }
        return tally.result(labels);
    }

    private INDArray probabilities(NetworkInference inference, INDArray images) {
        INDArray plain = inference.output(images);
        if (!mirrored) {
            return plain;
        }
        INDArray mirror = Nd4j.createUninitialized(images.dataType(), images.shape());
        for (long x = 0, last = images.size(3) - 1; x <= last; x++) {
            mirror.get(all(), all(), all(), point(x)).assign(images.get(all(), all(), all(), point(last - x)));
        }
        return plain.add(inference.output(mirror)).divi(2);
    }

    private void requireSameClasses(INDArray probabilities, INDArray targets) {
        if (probabilities.size(1) != labels.size() || targets.size(1) != labels.size()) {
            throw new InvalidInputException("The network, its labels and the data must have the same classes, found "
                    + probabilities.size(1) + " outputs, " + labels.size() + " labels " + abbreviated(labels) + " and "
                    + targets.size(1) + " classes in the data: evaluate on data of the classes it was trained on");
        }
    }

    private static String abbreviated(List<String> names) {
        int shown = 5;
        String first = String.join(", ", names.subList(0, Math.min(shown, names.size())));
        return "(" + first + (names.size() > shown ? ", ..." : "") + ")";
    }
}
