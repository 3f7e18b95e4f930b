package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.plan.Activation;

/**
 * Decides where a residual sum's two gradients may be one array. DL4J hands a gradient to the vertex it belongs to, which
 * may overwrite it, and adds the gradients of a vertex's other readers into it: both must come after the branch's last
 * layer has read it.
 */
final class SharedGradient {
    private SharedGradient() {}

    /** Returns whether the branch's last layer leaves its gradient alone, and has read it before anyone writes to it. */
    static boolean isSafe(ComputationGraph graph, String sum) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        List<String> inputs = configuration.getVertexInputs().get(sum);
        String branch = inputs.get(0);
        String shortcut = inputs.get(1);
        if (branch.equals(shortcut) || !leavesGradient(graph, branch) || readers(configuration, branch) != 1) {
            return false;
        }
        List<String> order = order(graph);
        int last = order.indexOf(branch);
        return order.indexOf(shortcut) < last
                && configuration.getVertexInputs().entrySet().stream()
                        .filter(vertex -> vertex.getValue().contains(shortcut))
                        .map(Map.Entry::getKey)
                        .allMatch(reader -> reader.equals(sum) || order.indexOf(reader) < last);
    }

    private static boolean leavesGradient(ComputationGraph graph, String vertex) {
        return graph.getLayer(vertex) instanceof ConvolutionBlockLayer convolution
                && convolution.layerConf().settings().activation() == Activation.NONE;
    }

    private static long readers(ComputationGraphConfiguration configuration, String vertex) {
        return configuration.getVertexInputs().values().stream()
                        .filter(inputs -> inputs.contains(vertex))
                        .count()
                + configuration.getNetworkOutputs().stream()
                        .filter(vertex::equals)
                        .count();
    }

    /** The vertices in the order of the forward pass; the backward pass goes the other way. */
    private static List<String> order(ComputationGraph graph) {
        return Arrays.stream(graph.topologicalSortOrder())
                .mapToObj(index -> graph.getVertices()[index].getVertexName())
                .toList();
    }
}
