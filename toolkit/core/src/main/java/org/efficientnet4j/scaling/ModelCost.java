package org.efficientnet4j.scaling;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;

/**
 * What a network costs, counted from its description alone.
 *
 * @param trainableParameters weights, biases and batch-norm scales and shifts: the papers' count
 * @param totalParameters with the batch-norm running mean and variance: DL4J's {@code numParams()}
 * @param macs multiply-accumulates of one image's forward pass in convolutions, squeeze-excite and classifier, padded
 *     positions counted: the papers' "FLOPs". Padding SAME and symmetric give the same count, kernels being odd
 * @param activationBytes float32 bytes one image's training step keeps for its backward pass: each convolution's output
 *     and its normalised activation, each squeeze-excite output and residual sum, the pooled features
 */
public record ModelCost(long trainableParameters, long totalParameters, long macs, long activationBytes)
        implements Serializable {
    /**
     * Counts a network with its classifier.
     *
     * @param classes classifier outputs; 0 counts the features alone
     * @param size image height and width in pixels
     * @throws InvalidInputException for an image smaller than the network's stride
     */
    public static ModelCost of(ScaledArchitecture architecture, int classes, int size) {
        if (size < architecture.stride()) {
            throw new InvalidInputException("The image size must be at least the network's stride of "
                    + architecture.stride() + " pixels, found " + size);
        }
        return new Counter(size).count(architecture, classes);
    }

    /** Walks the layers, keeping the current feature map's size. */
    private static final class Counter {
        private int size;
        private long trainable;
        private long statistics;
        private long macs;
        private long activations;

        Counter(int size) {
            this.size = size;
        }

        ModelCost count(ScaledArchitecture architecture, int classes) {
            add(architecture.stem());
            for (BlockPlan block : architecture.blocks()) {
                block.layers().forEach(this::add);
                activations += block.hasResidual() ? (long) size * size * block.outChannels() : 0;
            }
            add(architecture.head());
            long features = architecture.head().outChannels();
            activations += features;
            trainable += classes * (features + 1);
            macs += classes * features;
            return new ModelCost(trainable, trainable + statistics, macs, activations * Float.BYTES);
        }

        private void add(LayerPlan layer) {
            if (layer instanceof ConvolutionPlan convolution) {
                size = convolution.outputSize(size);
                trainable += convolution.weights() + 2L * convolution.outChannels();
                statistics += 2L * convolution.outChannels();
                macs += convolution.weights() * size * size;
                activations += 2L * convolution.outChannels() * size * size;
            } else if (layer instanceof SqueezeExcitePlan squeezeExcite) {
                trainable += squeezeExcite.parameters();
                macs += 2L * squeezeExcite.channels() * squeezeExcite.reducedChannels();
                activations += (long) squeezeExcite.channels() * size * size;
            }
        }
    }
}
