package org.efficientnet4j.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Parts of a network as networks of their own, on the same parameters: not copies, but the same numbers in memory. A part
 * is a copy of the configuration, so that its regularisation, optimiser and counters are its own.
 *
 * <p>The part before a vertex has a network's first parameters, the part behind it its last.
 */
public final class Subgraph {
    private Subgraph() {}

    /**
     * The part from the images to some vertices, for inference.
     *
     * @param network initialised; of one input
     * @param vertices whose activations are the part's outputs, in this order
     * @throws IllegalArgumentException for a vertex that the network does not have
     */
    public static ComputationGraph upTo(ComputationGraph network, List<String> vertices) {
        ComputationGraphConfiguration part = network.getConfiguration().clone();
        keep(part, ancestors(part, vertices)::contains);
        part.setNetworkOutputs(List.copyOf(vertices));
        if (vertices.size() > 1) {
            // With workspaces, DL4J fails on outputs that other vertices go on from.
            part.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        }
        return sharing(network, part, true);
    }

    /**
     * The part behind a vertex, for training: its input is the vertex's activations, whose gradient is not for use.
     *
     * @param network initialised; of one input
     * @param vertex the only one through which anything behind it learns of the images
     * @throws IllegalArgumentException for a vertex that the network does not have, or that others go past
     */
    public static ComputationGraph behind(ComputationGraph network, String vertex) {
        return behind(network, vertex, false);
    }

    /** {@link #behind} with the gradient by its input, which is the input vertex's epsilon after a backward pass. */
    static ComputationGraph behindWithGradient(ComputationGraph network, String vertex) {
        return behind(network, vertex, true);
    }

    private static ComputationGraph behind(ComputationGraph network, String vertex, boolean inputGradient) {
        ComputationGraphConfiguration part = network.getConfiguration().clone();
        Set<String> before = ancestors(part, List.of(vertex));
        keep(part, name -> !before.contains(name));
        requireOnlyWay(part, before, vertex);
        if (!inputGradient) {
            saveInputGradient(part, vertex);
        }
        part.setNetworkInputs(List.of(vertex));
        return sharing(network, part, false);
    }

    private static void requireOnlyWay(ComputationGraphConfiguration part, Set<String> before, String vertex) {
        part.getVertexInputs().forEach((name, inputs) -> inputs.stream()
                .filter(input -> before.contains(input) && !input.equals(vertex))
                .findFirst()
                .ifPresent(input -> {
                    throw new IllegalArgumentException("A network is cut where everything passes: " + name + " reads "
                            + input + ", past " + vertex);
                }));
    }

    /** Saves the input's gradient where one layer alone reads it: DL4J adds up several readers' and fails if one gives none. */
    private static void saveInputGradient(ComputationGraphConfiguration part, String vertex) {
        List<String> readers = part.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
        if (readers.size() == 1
                && part.getVertices().get(readers.get(0)) instanceof LayerVertex layer
                && layer.getLayerConf().getLayer() instanceof ConvolutionBlock block) {
            block.saveInputGradient();
        }
    }

    /** Tells a network that another one wrote the parameters they share, so that nothing derived from them is used. */
    public static void parametersChanged(ComputationGraph network) {
        for (Layer layer : network.getLayers()) {
            ConvolutionBlock.parametersChanged(layer);
        }
    }

    private static Set<String> ancestors(ComputationGraphConfiguration whole, List<String> vertices) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(vertices);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (whole.getNetworkInputs().contains(name) || !found.add(name)) {
                continue;
            }
            if (!whole.getVertices().containsKey(name)) {
                throw new IllegalArgumentException("The network has no vertex " + name + ", only "
                        + whole.getVertices().keySet());
            }
            open.addAll(whole.getVertexInputs().get(name));
        }
        return found;
    }

    private static void keep(ComputationGraphConfiguration part, Predicate<String> kept) {
        part.getVertices().keySet().removeIf(kept.negate());
        part.getVertexInputs().keySet().removeIf(kept.negate());
        part.setTopologicalOrder(null);
        part.setTopologicalOrderStr(null);
    }

    private static ComputationGraph sharing(
            ComputationGraph network, ComputationGraphConfiguration configuration, boolean first) {
        ComputationGraph part = new ComputationGraph(configuration);
        long length = configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(true))
                .sum();
        long from = first ? 0 : network.numParams() - length;
        INDArray all = network.params();
        INDArray view = all.reshape(all.length()).get(NDArrayIndex.interval(from, from + length));
        part.init(view.reshape(1, length), false);
        requireSameOrder(network, part, first);
        return part;
    }

    /** DL4J orders parameters as it sorts the vertices, and a part must be sorted as the whole is. */
    private static void requireSameOrder(ComputationGraph network, ComputationGraph part, boolean first) {
        List<String> all = new ArrayList<>(network.paramTable().keySet());
        List<String> own = new ArrayList<>(part.paramTable().keySet());
        int from = first ? 0 : all.size() - own.size();
        if (!all.subList(from, from + own.size()).equals(own)) {
            throw new IllegalArgumentException(
                    "The part's parameters must follow each other in the network, found " + own + " in " + all);
        }
    }
}
