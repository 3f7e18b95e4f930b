package org.efficientnet4j.weights.names;

import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;

/**
 * torchvision's modules: everything is a place in a sequence.
 *
 * <p>Source: pytorch/vision {@code torchvision/models/efficientnet.py}, 0.14.
 */
final class TorchvisionNames extends TorchNames {
    @Override
    Modules stem() {
        return sequence("features.0");
    }

    @Override
    Modules convolution(BlockPlan block, int position) {
        return sequence(layer(block, position));
    }

    @Override
    Gate squeezeExcite(BlockPlan block, int position) {
        return new Gate(layer(block, position) + ".fc1", layer(block, position) + ".fc2");
    }

    @Override
    Modules head(ScaledArchitecture architecture) {
        int stages = architecture.blocks().get(architecture.blocks().size() - 1).stage();
        return sequence("features." + (stages + 1));
    }

    @Override
    String classifier() {
        return "classifier.1";
    }

    private static String layer(BlockPlan block, int position) {
        return "features." + block.stage() + "." + (block.position() - 1) + ".block." + position;
    }

    private static Modules sequence(String prefix) {
        return new Modules(prefix + ".0", prefix + ".1");
    }
}
