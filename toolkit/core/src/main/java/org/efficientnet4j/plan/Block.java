package org.efficientnet4j.plan;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Nodes of a section that belong together: what a paper's table repeats. Only its last node is read from outside.
 *
 * @param name prefix of its nodes' names, e.g. {@code stage3.block2}
 * @param nodes in order
 */
public record Block(String name, List<Node> nodes) {
    /** @throws InvalidInputException for no nodes */
    public Block {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new InvalidInputException("Block " + name + " must have at least 1 node, found none");
        }
    }

    /** The node whose output is the block's. */
    public Node last() {
        return nodes.get(nodes.size() - 1);
    }

    /** True where a node plays the part. */
    public boolean has(String part) {
        return nodes.stream().anyMatch(node -> node.part().equals(part));
    }

    /** Trainable parameters of all nodes. */
    public long trainableParameters() {
        return nodes.stream()
                .mapToLong(node -> node.operation().trainableParameters())
                .sum();
    }
}
