package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Uninitialised, contiguous arrays of the network's type in DL4J's workspaces, by how long they must live. */
public interface ArrayAllocator {
    /** For the layer's output; in training it lives until the layer behind has had its backward pass. */
    INDArray activations(long... shape);

    /** For what a layer keeps besides its output, until its own backward pass is over. */
    default INDArray kept(long... shape) {
        return activations(shape);
    }

    /** A gradient by an input, alive until the layer before has used it. */
    INDArray gradient(long... shape);

    /** Gone when the layer's current call returns. */
    INDArray working(long... shape);
}
