package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Section;

/**
 * Lets a network train with less memory. A matter of the network at run time, like its updater: neither its configuration
 * nor its files know of it.
 *
 * <p>In training mode the activations between a block's ends, as {@code feedForward} would give them, are then gone once
 * the next block has run.
 */
public final class CheckpointedNetwork {
    private CheckpointedNetwork() {}

    /**
     * Changes what the network keeps in training from now on; stem, head and blocks that are no chain of the toolkit's layers
     * always keep everything.
     *
     * @param network of our own layers, or the last part of one
     * @param plan that it was built from
     */
    public static void install(ComputationGraph network, NetworkPlan plan, ActivationCheckpointing checkpointing) {
        BlockMemory memory = new BlockMemory(network.params().dataType());
        for (Section section : plan.sections(Section.Kind.BODY)) {
            for (Block block : section.blocks()) {
                List<Node> chain = chain(block);
                List<RecomputedLayer<?, ?>> layers = layers(network, chain);
                if (checkpointing == ActivationCheckpointing.OFF) {
                    layers.forEach(RecomputedLayer::leave);
                } else if (!chain.isEmpty() && layers.size() == chain.size()) {
                    boolean keepsConvolutions = checkpointing == ActivationCheckpointing.CHEAP;
                    boolean keepsResult = chain.size() == block.nodes().size();
                    new CheckpointedBlock(layers, keepsResult, keepsConvolutions, memory).connect();
                }
            }
        }
    }

    /** A block's nodes before its sum, if each reads the one before it; empty for the stem and any other block. */
    private static List<Node> chain(Block block) {
        List<Node> nodes = block.last().operation() instanceof Operation.Add
                ? block.nodes().subList(0, block.nodes().size() - 1)
                : block.nodes();
        for (int i = 1; i < nodes.size(); i++) {
            if (!nodes.get(i).inputs().equals(List.of(nodes.get(i - 1).name()))) {
                return List.of();
            }
        }
        return block.nodes().get(0).input().equals(NetworkPlan.INPUT) ? List.of() : nodes;
    }

    private static List<RecomputedLayer<?, ?>> layers(ComputationGraph network, List<Node> nodes) {
        List<RecomputedLayer<?, ?>> result = new ArrayList<>();
        for (Node node : nodes) {
            // A part of a network lacks the first blocks.
            if (network.getConfiguration().getVertices().containsKey(node.name())
                    && network.getLayer(node.name()) instanceof RecomputedLayer<?, ?> layer) {
                result.add(layer);
            }
        }
        return result;
    }
}
