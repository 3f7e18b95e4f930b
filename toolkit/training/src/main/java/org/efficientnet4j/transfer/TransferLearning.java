package org.efficientnet4j.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes new networks of a trained one: every parameter is copied but the classifier's, which are drawn anew, so that it
 * may have any number of classes, and may then be taken over output by output; the first convolution is fitted to the
 * images' channels.
 *
 * <pre>{@code
 * ComputationGraph trained = ModelFile.read(Path.of("model.zip")).graph(); // or WeightImport's
 * TransferLearning transfer = new TransferLearning(trained, ModelCatalog.find("efficientnet_b0"));
 * ComputationGraph network = transfer.network(transfer.options().classes(5).build());
 * }</pre>
 */
public final class TransferLearning {
    private static final String CLASSIFIER = "classifier_";

    private final ComputationGraph trained;
    private final ModelDefinition model;

    /**
     * Starts from a trained network.
     *
     * @param trained of the toolkit's own layers, as model files and imports have them; left as it is
     * @param model what it was built from
     */
    public TransferLearning(ComputationGraph trained, ModelDefinition model) {
        this.trained = trained;
        this.model = model;
    }

    /**
     * Options for a graph that computes what the trained one does: its padding and its batch norm; to be completed.
     *
     * @throws InvalidInputException if the trained network has none of the toolkit's layers
     */
    public GraphOptions.Builder options() {
        ConvolutionSettings settings = stem();
        GraphOptions.Builder options = GraphOptions.builder(model).padding(settings.padding());
        settings.batchNorm()
                .ifPresent(norm -> options.batchNormEpsilon(norm.epsilon()).batchNormDecay(norm.decay()));
        return options;
    }

    private ConvolutionSettings stem() {
        for (Layer layer : trained.getLayers()) {
            if (layer.conf().getLayer() instanceof ConvolutionBlock block) {
                return block.settings();
            }
        }
        throw new InvalidInputException("Transfer learning starts from a network of the toolkit's layers, found none of"
                + " them: read a model file, or import the weights");
    }

    /**
     * A new network for RGB images.
     *
     * @param options made of {@link #options}
     * @throws InvalidInputException if the trained network is of another architecture, naming what differs
     */
    public ComputationGraph network(GraphOptions options) {
        return network(options, PlanSettings.RGB);
    }

    /**
     * A new network for images of so many channels.
     *
     * @param options made of {@link #options}
     * @param channels of the images {@code [N, channels, H, W]}
     * @throws InvalidInputException if the trained network is of another architecture, naming what differs
     */
    public ComputationGraph network(GraphOptions options, int channels) {
        if (channels < 1) {
            throw new InvalidInputException("Images need at least 1 channel, found " + channels);
        }
        PlanSettings settings = PlanSettings.classes(options.classes()).withInputChannels(channels);
        ComputationGraph network = new ComputationGraph(NetworkGraph.configuration(model.plan(settings), options));
        network.init();
        copyInto(network, channels);
        return network;
    }

    /**
     * Takes over the trained classifier's weights and biases, output by output.
     *
     * @param network made by this; its outputs that are not taken over stay as they are
     * @param rows the trained network's outputs
     */
    public void copyClassifier(ComputationGraph network, ClassifierRows rows) {
        INDArray weights = network.getParam(CLASSIFIER + "W");
        INDArray biases = network.getParam(CLASSIFIER + "b");
        INDArray trainedWeights = trained.getParam(CLASSIFIER + "W");
        INDArray trainedBiases = trained.getParam(CLASSIFIER + "b");
        for (int output = 0; output < rows.trained().size(); output++) {
            int row = rows.trained().get(output);
            if (row != ClassifierRows.NONE) {
                weights.getColumn(output).assign(trainedWeights.getColumn(row));
                biases.putScalar((long) output, trainedBiases.getDouble(row));
            }
        }
    }

    private void copyInto(ComputationGraph network, int channels) {
        List<String> first = model.plan().readers(NetworkPlan.INPUT).stream()
                .map(node -> node.name() + "_W")
                .toList();
        Map<String, INDArray> given = trained.paramTable();
        List<String> problems = new ArrayList<>();
        network.paramTable().forEach((key, values) -> {
            if (key.startsWith(CLASSIFIER)) {
                return;
            }
            INDArray found = given.get(key);
            if (found != null && first.contains(key) && found.rank() == values.rank()) {
                found = InputChannels.adapt(found, channels);
            }
            if (found == null || !found.equalShapes(values)) {
                problems.add(key + " must be " + Arrays.toString(values.shape()) + " and is "
                        + (found == null ? "missing" : Arrays.toString(found.shape())));
            } else {
                network.setParam(key, found.castTo(values.dataType()));
            }
        });
        given.keySet().stream()
                .filter(key -> !key.startsWith(CLASSIFIER))
                .filter(key -> !network.paramTable().containsKey(key))
                .forEach(key -> problems.add(key + " is not in " + model.name()));
        requireNone(problems);
    }

    private void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            int shown = 5;
            throw new InvalidInputException("The weights are not a " + model.name() + "'s: "
                    + String.join("; ", problems.subList(0, Math.min(shown, problems.size())))
                    + (problems.size() > shown ? "; and " + (problems.size() - shown) + " more" : "")
                    + ". Name the model that the weights were trained as");
        }
    }
}
