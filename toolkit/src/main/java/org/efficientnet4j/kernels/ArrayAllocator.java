package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Uninitialised, contiguous arrays of the network's type in DL4J's workspaces, by how long they must live. */
public interface ArrayAllocator {
    /** Lives as long as the layer's output: in training until its backward pass is over. */
    INDArray activations(long... shape);

    /** A gradient by an input, alive until the layer before has used it. */
    INDArray gradient(long... shape);

    /** Gone when the layer's current call returns. */
    INDArray working(long... shape);
}
