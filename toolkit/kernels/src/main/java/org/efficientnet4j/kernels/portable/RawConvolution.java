package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution alone, without batch norm, on contiguous NHWC arrays and PyTorch-shaped weights. */
interface RawConvolution {
    /** The fastest way ND4J offers for these settings. */
    static RawConvolution of(ConvolutionSettings settings) {
        if (settings.depthwise()) {
            return new DepthwiseConvolution(settings);
        }
        if (settings.groups() > 1) {
            return new GroupedConvolution(settings);
        }
        return settings.pointwise() && settings.stride() == 1
                ? new PointwiseConvolution(settings)
                : new FullConvolution(settings);
    }

    /** Overwrites {@code output}. */
    void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays);

    /** Overwrites both gradients. */
    void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            ArrayAllocator arrays);
}
