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
    private final ComputationGraphConfiguration configuration;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<InferenceStep> steps = new ArrayList<>();

    private InferenceSteps(ComputationGraphConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The steps of a network of the toolkit's own layers in a row, residual sums among them, with or without a softmax
     * classifier at the end; empty for any other network. The steps' parameters are views of the network's.
     *
     * @param network initialised, of one input and one output
     */
    public static Optional<List<InferenceStep>> of(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        if (configuration.getNetworkInputs().size() != 1
                || configuration.getNetworkOutputs().size() != 1) {
            return Optional.empty();
        }
        InferenceSteps result = new InferenceSteps(configuration);
        GraphVertex last = null;
        for (int index : network.topologicalSortOrder()) {
            GraphVertex vertex = network.getVertices()[index];
            if (vertex.isInputVertex()) {
                continue;
            }
            if (!result.add(vertex, last)) {
                return Optional.empty();
            }
            last = vertex;
        }
        boolean whole = last != null && configuration.getNetworkOutputs().contains(last.getVertexName());
        return whole ? Optional.of(List.copyOf(result.steps)) : Optional.empty();
    }

    /** How often the parameters of a network's convolutions may have been written so far, as far as its layers know. */
    public static long writes(ComputationGraph network) {
        long sum = 0;
        for (Layer layer : network.getLayers()) {
            sum += layer instanceof ConvolutionBlockLayer block ? block.writes() : 0;
        }
        return sum;
    }

    private boolean add(GraphVertex vertex, GraphVertex last) {
        List<String> inputs = configuration.getVertexInputs().get(vertex.getVertexName());
        String before = last == null ? configuration.getNetworkInputs().get(0) : last.getVertexName();
        if (!inputs.get(0).equals(before)) {
            return false;
        }
        Optional<InferenceStep> step =
                vertex instanceof ResidualAddVertex ? residual(inputs) : layer(vertex.getLayer(), inputs, last == null);
        step.ifPresent(found -> {
            indices.put(vertex.getVertexName(), steps.size());
            steps.add(found);
        });
        return step.isPresent();
    }

    private Optional<InferenceStep> residual(List<String> inputs) {
        return Optional.ofNullable(indices.get(inputs.get(1))).map(InferenceStep.Residual::new);
    }

    private static Optional<InferenceStep> layer(Layer layer, List<String> inputs, boolean first) {
        if (inputs.size() != 1) {
            return Optional.empty();
        } else if (layer instanceof ConvolutionBlockLayer convolution) {
            return convolution.inferenceStep();
        } else if (first) {
            return Optional.empty();
        } else if (layer instanceof SqueezeExciteLayer gate) {
            return Optional.of(gate.inferenceStep());
        } else if (layer instanceof GlobalAveragePoolingLayer pooling) {
            return Optional.of(
                    new InferenceStep.Pooling((int) pooling.layerConf().getNOut()));
        } else if (layer instanceof org.deeplearning4j.nn.layers.OutputLayer classifier
                && classifier.layerConf().getActivationFn() instanceof ActivationSoftmax
                && classifier.hasBias()) {
            // DL4J keeps these weights in f order.
            return Optional.of(
                    new InferenceStep.Classifier(classifier.getParam("W").transpose(), classifier.getParam("b")));
        }
        return Optional.empty();
    }
}
