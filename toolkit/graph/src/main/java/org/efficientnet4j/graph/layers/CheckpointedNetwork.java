package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;

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
     * Changes what the network keeps in training from now on; stem, head and incomplete blocks always keep everything.
     *
     * @param network of our own layers, or the last part of one
     * @param architecture that it was built from
     */
    public static void install(
            ComputationGraph network, ScaledArchitecture architecture, ActivationCheckpointing checkpointing) {
        BlockMemory memory = new BlockMemory(network.params().dataType());
        for (BlockPlan block : architecture.blocks()) {
            List<RecomputedLayer<?, ?>> layers = layers(network, block);
            if (checkpointing == ActivationCheckpointing.OFF) {
                layers.forEach(RecomputedLayer::leave);
            } else if (layers.size() == block.layers().size()) {
                boolean keepsConvolutions = checkpointing == ActivationCheckpointing.CHEAP;
                new CheckpointedBlock(layers, !block.hasResidual(), keepsConvolutions, memory).connect();
            }
        }
    }

    private static List<RecomputedLayer<?, ?>> layers(ComputationGraph network, BlockPlan block) {
        List<RecomputedLayer<?, ?>> result = new ArrayList<>();
        for (LayerPlan plan : block.layers()) {
            // A part of a network lacks the first blocks.
            if (network.getConfiguration().getVertices().containsKey(plan.name())
                    && network.getLayer(plan.name()) instanceof RecomputedLayer<?, ?> layer) {
                result.add(layer);
            }
        }
        return result;
    }
}
