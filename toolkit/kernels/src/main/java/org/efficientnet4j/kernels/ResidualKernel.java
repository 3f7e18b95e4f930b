package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The residual sum, with stochastic depth's factor per example and an activation behind it; without state. */
public interface ResidualKernel {
    /**
     * {@code activation(shortcut + scale * branch)}.
     *
     * @param branch {@code [N, H, W, C]}
     * @param shortcut {@code [N, H, W, C]}
     * @param scale a factor per example, or null for ones: 0 for a dropped branch, 1 / (1 - rate) for a kept one
     * @return {@code [N, H, W, C]}
     */
    INDArray forward(INDArray branch, INDArray shortcut, float[] scale, ArrayAllocator arrays);

    /**
     * The gradients by both.
     *
     * @param branch as given to {@code forward}; not read where no activation follows
     * @param shortcut as given to {@code forward}; not read where no activation follows
     * @param epsilon {@code [N, H, W, C]}, left unchanged
     * @param scale as given to {@code forward}
     */
    Gradients backward(INDArray branch, INDArray shortcut, INDArray epsilon, float[] scale, ArrayAllocator arrays);

    /**
     * The gradient by the sum, which is that by the branch and by the shortcut where no branch is dropped.
     *
     * @param branch as given to {@code forward}; not read where no activation follows
     * @param shortcut as given to {@code forward}; not read where no activation follows
     * @param result of {@code forward}; read in place of both where it tells the activation's slope
     * @param epsilon {@code [N, H, W, C]}, left unchanged
     */
    INDArray sharedGradient(
            INDArray branch, INDArray shortcut, INDArray result, INDArray epsilon, ArrayAllocator arrays);

    /**
     * The gradients of a residual sum. With g the gradient by the sum:
     *
     * @param branch {@code scale * g}, {@code [N, H, W, C]}
     * @param shortcut g, in memory of its own: others' gradients may be added to it
     */
    record Gradients(INDArray branch, INDArray shortcut) {}
}
