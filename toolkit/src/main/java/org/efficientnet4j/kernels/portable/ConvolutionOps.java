package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's convolution operations on NHWC arrays and PyTorch-shaped weights, without batch norm. */
final class ConvolutionOps {
    private static final int SAME = 1;
    private static final int EXPLICIT = 0;
    private static final int NHWC = 1;
    private static final int OUT_IN_HEIGHT_WIDTH = 1;

    private final ConvolutionSettings settings;

    ConvolutionOps(ConvolutionSettings settings) {
        this.settings = settings;
    }

    void forward(INDArray input, INDArray weights, INDArray output) {
        Nd4j.exec(DynamicCustomOp.builder(name())
                .addInputs(input, shaped(weights))
                .addOutputs(output)
                .addIntegerArguments(arguments())
                .build());
    }

    void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient) {
        Nd4j.exec(DynamicCustomOp.builder(name() + "_bp")
                .addInputs(input, shaped(weights), outputGradient)
                .addOutputs(inputGradient, shaped(weightGradient))
                .addIntegerArguments(arguments())
                .build());
    }

    private String name() {
        return settings.depthwise() ? "depthwise_conv2d" : "conv2d";
    }

    /** ND4J wants depthwise weights as [multiplier, C, kH, kW]: the same memory, one axis moved. */
    private INDArray shaped(INDArray weights) {
        return settings.depthwise()
                ? weights.reshape('c', 1, weights.size(0), weights.size(2), weights.size(3))
                : weights;
    }

    private int[] arguments() {
        boolean same = settings.padding() == Padding.SAME;
        int pad = same ? 0 : settings.kernel() / 2;
        return new int[] {
            settings.kernel(),
            settings.kernel(),
            settings.stride(),
            settings.stride(),
            pad,
            pad,
            1,
            1,
            same ? SAME : EXPLICIT,
            NHWC,
            OUT_IN_HEIGHT_WIDTH
        };
    }
}
