package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a network in inference. A network is a list of them: each reads what the one before it gives, the first the
 * images {@code [N, H, W, C]}. Parameters are views of the network's own: whoever runs the steps sees what is in them at
 * that moment.
 */
public sealed interface InferenceStep {
    /** {@code [N, H, W, I]} to {@code [N, H/s, W/s, O]}, batch norm (if any) by its running statistics. */
    record Convolution(ConvolutionSettings settings, ConvolutionParameters parameters) implements InferenceStep {}

    /** {@code [N, H, W, C]}, each channel times its gate. */
    record SqueezeExcite(SqueezeExciteSettings settings, SqueezeExciteParameters parameters) implements InferenceStep {}

    /**
     * Adds what an earlier step gave.
     *
     * @param shortcut the index of that step
     */
    record Residual(int shortcut) implements InferenceStep {}

    /** The mean over pixels: {@code [N, H, W, C]} to {@code [N, C]}. */
    record Pooling(int channels) implements InferenceStep {}

    /**
     * The classes' probabilities (softmax): {@code [N, features]} to {@code [N, classes]}.
     *
     * @param weights {@code [classes, features]}
     * @param bias {@code [classes]}
     */
    record Classifier(INDArray weights, INDArray bias) implements InferenceStep {}
}
