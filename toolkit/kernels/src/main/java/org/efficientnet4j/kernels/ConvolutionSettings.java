package org.efficientnet4j.kernels;

import org.efficientnet4j.plan.Padding;

/**
 * A convolution without bias, its batch norm and its optional swish.
 *
 * @param inChannels channels in
 * @param outChannels channels out
 * @param kernel kernel height and width, odd
 * @param stride 1 or 2
 * @param depthwise whether each channel has a filter of its own
 * @param swish whether swish follows
 * @param padding where zeros go
 * @param epsilon added to the variance
 * @param decay the weight of the OLD running statistic at each training step (TensorFlow's meaning)
 */
public record ConvolutionSettings(
        int inChannels,
        int outChannels,
        int kernel,
        int stride,
        boolean depthwise,
        boolean swish,
        Padding padding,
        double epsilon,
        double decay) {
    /** The output's height (or width) for the input's. */
    public int outputSize(int inputSize) {
        return padding.outputSize(inputSize, kernel, stride);
    }
}
