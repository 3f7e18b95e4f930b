package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.efficientnet4j.kernels.InferenceStep;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** A network's layers as the steps that kernels compile for inference, read off the layers themselves. */
public final class InferenceSteps {
    private final ComputationGraph network;
    private final ComputationGraphConfiguration configuration;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<InferenceStep> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private InferenceSteps(ComputationGraph network) {
        this.network = network;
        this.configuration = network.getConfiguration();
    }

    /**
     * The steps of a network of convolutions, squeeze-excites, sums and poolings, with or without a softmax classifier at the
     * end; empty for any other network. The steps' parameters are views of the network's.
     *
     * @param network initialised, of one input and one output
     */
    public static Optional<NetworkSteps> of(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        if (configuration.getNetworkInputs().size() != 1
                || configuration.getNetworkOutputs().size() != 1) {
            return Optional.empty();
        }
        InferenceSteps result = new InferenceSteps(network);
        String output = configuration.getNetworkOutputs().get(0);
        boolean known = result.add(output);
        boolean all = result.indices.size() == configuration.getVertices().size();
        return known && all ? Optional.of(new NetworkSteps(result.steps, result.names)) : Optional.empty();
    }

    /** Adds a vertex behind all that it reads, in the order of its inputs; false where it is not known. */
    private boolean add(String name) {
        if (indices.containsKey(name) || configuration.getNetworkInputs().contains(name)) {
            return true;
        }
        List<String> inputs = configuration.getVertexInputs().get(name);
        for (String input : inputs) {
            if (!add(input)) {
                return false;
            }
        }
        if (network.getVertex(name) instanceof ChannelsLastImagesVertex) {
            indices.put(name, InferenceStep.IMAGES);
            return true;
        }
        List<Integer> sources = inputs.stream()
                .map(input -> indices.getOrDefault(input, InferenceStep.IMAGES))
                .toList();
        Optional<InferenceStep> step = step(network.getVertex(name), sources);
        step.ifPresent(found -> {
            indices.put(name, steps.size());
            steps.add(found);
            names.add(name);
        });
        return step.isPresent();
    }

    private static Optional<InferenceStep> step(GraphVertex vertex, List<Integer> sources) {
        if (vertex instanceof ResidualAddVertex add) {
            return Optional.of(new InferenceStep.Residual(sources.get(0), sources.get(1), add.activation()));
        }
        return sources.size() == 1 && vertex.hasLayer() ? layer(vertex.getLayer(), sources.get(0)) : Optional.empty();
    }

    private static Optional<InferenceStep> layer(Layer layer, int source) {
        if (layer instanceof ConvolutionBlockLayer convolution) {
            return convolution.inferenceStep(source);
        } else if (source == InferenceStep.IMAGES) {
            return Optional.empty();
        } else if (layer instanceof SqueezeExciteLayer gate) {
            return Optional.of(gate.inferenceStep(source));
        } else if (layer instanceof GlobalAveragePoolingLayer pooling) {
            return Optional.of(
                    new InferenceStep.Pooling(source, (int) pooling.layerConf().getNOut()));
        } else if (layer instanceof WindowPoolingLayer pooling) {
            return Optional.of(
                    new InferenceStep.WindowPooling(source, pooling.layerConf().settings(), (int)
                            pooling.layerConf().getNOut()));
        } else if (layer instanceof org.deeplearning4j.nn.layers.OutputLayer classifier
                && classifier.layerConf().getActivationFn() instanceof ActivationSoftmax
                && classifier.hasBias()) {
            // DL4J keeps these weights in f order.
            return Optional.of(new InferenceStep.Classifier(
                    source, classifier.getParam("W").transpose(), classifier.getParam("b")));
        }
        return Optional.empty();
    }
}
