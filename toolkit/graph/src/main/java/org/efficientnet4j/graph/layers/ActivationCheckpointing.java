package org.efficientnet4j.graph.layers;

/**
 * Activations of a block that a training keeps for the backward pass, where the rest is computed again: memory against
 * time. Gradients are those of the layers one by one, bit for bit.
 */
public enum ActivationCheckpointing {
    /** Everything is kept. */
    OFF,
    /** The convolutions' outputs are kept; what batch norm, swish and squeeze-excite make of them is not. */
    CHEAP,
    /** Only the blocks' inputs are kept: a block's whole forward pass is run again. */
    BLOCKS
}
