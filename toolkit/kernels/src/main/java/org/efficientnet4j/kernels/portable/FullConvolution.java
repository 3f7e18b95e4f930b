package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's {@code conv2d} operations. */
record FullConvolution(ConvolutionSettings settings) implements RawConvolution {
    private static final int SAME = 1;
    private static final int EXPLICIT = 0;
    private static final int NHWC = 1;
    private static final int OUT_IN_HEIGHT_WIDTH = 1;

    @Override
    public void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays) {
        Nd4j.exec(DynamicCustomOp.builder("conv2d")
                .addInputs(input, weights)
                .addOutputs(output)
                .addIntegerArguments(arguments())
                .build());
    }

    @Override
    public void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            ArrayAllocator arrays) {
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp")
                .addInputs(input, weights, outputGradient)
                .addOutputs(inputGradient, weightGradient)
                .addIntegerArguments(arguments())
                .build());
    }

    private int[] arguments() {
        int kernel = settings.kernel();
        int stride = settings.stride();
        boolean same = settings.padding().equals(Padding.SAME);
        int pad = same ? 0 : kernel / 2;
        int mode = same ? SAME : EXPLICIT;
        return new int[] {kernel, kernel, stride, stride, pad, pad, 1, 1, mode, NHWC, OUT_IN_HEIGHT_WIDTH};
    }
}
