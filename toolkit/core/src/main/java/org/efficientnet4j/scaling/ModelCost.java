package org.efficientnet4j.scaling;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.NetworkPlan;

/**
 * A network's parameters, multiply-accumulates and activation memory, counted from its description alone.
 *
 * @param trainableParameters weights, biases and batch-norm scales and shifts: the papers' count
 * @param totalParameters with the batch-norm running mean and variance: DL4J's {@code numParams()}
 * @param macs multiply-accumulates of one image's forward pass in convolutions, squeeze-excite and dense layers, padded
 *     positions counted: the papers' "FLOPs". Padding SAME and symmetric give the same count, kernels being odd
 * @param activationBytes float32 bytes one image's training step keeps for its backward pass: each convolution's output
 *     and its normalised activation, every other node's output, all but the logits
 */
public record ModelCost(long trainableParameters, long totalParameters, long macs, long activationBytes)
        implements Serializable {
    /**
     * Counts a network, the sections for training alone left out.
     *
     * @param size image height and width in pixels
     * @throws InvalidInputException for an image smaller than the network's stride, or too small for a layer
     */
    public static ModelCost of(NetworkPlan plan, int size) {
        if (size < plan.stride()) {
            throw new InvalidInputException("The image size must be at least the network's stride of " + plan.stride()
                    + " pixels, found " + size);
        }
        return new CostReader(plan, size).count();
    }
}
