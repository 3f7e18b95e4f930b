package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A 1x1 convolution of NHWC images: one matrix product, several times faster than ND4J's general operation. */
record PointwiseConvolution(ConvolutionSettings settings) implements RawConvolution {
    @Override
    public void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays) {
        matrix(input, settings.inChannels())
                .mmuli(matrix(weights, settings.inChannels()).transpose(), matrix(output, settings.outChannels()));
    }

    @Override
    public void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            ArrayAllocator arrays) {
        INDArray gradient = matrix(outputGradient, settings.outChannels());
        gradient.mmuli(matrix(weights, settings.inChannels()), matrix(inputGradient, settings.inChannels()));
        gradient.transpose().mmuli(matrix(input, settings.inChannels()), matrix(weightGradient, settings.inChannels()));
    }

    /** Images as {@code [N * H * W, C]}, weights as {@code [O, I]}; the same memory. */
    private static INDArray matrix(INDArray array, int columns) {
        return array.reshape('c', array.length() / columns, columns);
    }
}
