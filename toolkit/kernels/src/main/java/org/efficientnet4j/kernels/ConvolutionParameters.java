package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a convolution with batch norm, or the gradients by them (those by the statistics are never written).
 *
 * @param weights {@code [O, I, kH, kW]}, depthwise {@code [C, 1, kH, kW]}
 * @param gamma batch norm's scale {@code [O]}
 * @param beta batch norm's shift {@code [O]}
 * @param mean the running mean {@code [O]}
 * @param variance the running variance {@code [O]}
 */
public record ConvolutionParameters(
        INDArray weights, INDArray gamma, INDArray beta, INDArray mean, INDArray variance) {}
