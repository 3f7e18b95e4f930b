package org.efficientnet4j.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images behind each other along their channels. */
public interface ConcatenationKernel {
    /**
     * All channels of all inputs, in their order.
     *
     * @param inputs {@code [N, H, W, C]} each, of equal N, H and W
     * @return {@code [N, H, W, sum of C]}
     */
    INDArray forward(List<INDArray> inputs, ArrayAllocator arrays);

    /**
     * The gradient cut into the inputs' channels.
     *
     * @param channels of each input
     * @param epsilon {@code [N, H, W, sum of C]}, left unchanged
     */
    List<INDArray> backward(List<Integer> channels, INDArray epsilon, ArrayAllocator arrays);

    /** Frees native memory; a later call takes it again. Without it the memory goes when the kernel is garbage. */
    default void close() {}
}
