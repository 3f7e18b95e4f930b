package org.efficientnet4j.plan;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A named part of a network that can be frozen, summarised or given a learning rate of its own: stem, stage1 ..., head,
 * classifier. All that is behind a section reads its last node alone, but for auxiliary heads.
 *
 * @param name e.g. {@code stage3}
 * @param kind its place in the network
 * @param operator what its blocks are, as tables name it, e.g. {@code MBConv}
 * @param blocks in order
 */
public record Section(String name, Kind kind, String operator, List<Block> blocks) {
    /** Places in a network. */
    public enum Kind {
        /** Makes the first feature maps of the images. */
        STEM,
        /** Makes feature maps of feature maps: a stage. */
        BODY,
        /** Makes a vector of the last feature map. */
        HEAD,
        /** Makes the logits of the vector; its last dense layer has an output a class. */
        CLASSIFIER,
        /** Makes further logits for training alone. */
        AUXILIARY
    }

    /** @throws InvalidInputException for no blocks */
    public Section {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty()) {
            throw new InvalidInputException("Section " + name + " must have at least 1 block, found none");
        }
    }

    /** True for stem and stages. */
    public boolean makesMaps() {
        return kind == Kind.STEM || kind == Kind.BODY;
    }

    /** All nodes in order. */
    public List<Node> nodes() {
        return blocks.stream().flatMap(block -> block.nodes().stream()).toList();
    }

    /** The node whose output is the section's. */
    public Node last() {
        return blocks.get(blocks.size() - 1).last();
    }

    /** Trainable parameters of all blocks. */
    public long trainableParameters() {
        return blocks.stream().mapToLong(Block::trainableParameters).sum();
    }
}
