package org.efficientnet4j.plan;

/**
 * Node with its place in a network, as other libraries' names count.
 *
 * @param section the node's section
 * @param sectionIndex the section's place in the network, from 0
 * @param block the node's block
 * @param blockIndex the block's place in the section, from 0
 * @param blocksBefore blocks before it in the network
 * @param node the node
 * @param nodeIndex the node's place in the block, from 0
 * @param convolutionsBefore convolutions before it in the network
 */
public record Place(
        Section section,
        int sectionIndex,
        Block block,
        int blockIndex,
        int blocksBefore,
        Node node,
        int nodeIndex,
        int convolutionsBefore) {
    /** True for the dense layer that makes a classifier's logits. */
    public boolean isLogits() {
        boolean classifier = section.kind() == Section.Kind.CLASSIFIER || section.kind() == Section.Kind.AUXILIARY;
        return classifier && section.last().equals(node);
    }
}
