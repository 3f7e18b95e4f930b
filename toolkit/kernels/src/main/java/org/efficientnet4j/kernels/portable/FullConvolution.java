package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J's {@code conv2d} operations. Padding that differs from side to side, and a stride that leaves pixels at the edges
 * unread (both SAME's), go by a copy of the pixels that the kernel's windows cover: ND4J's own rule reads the wrong ones
 * where the stride is larger than the kernel.
 */
record FullConvolution(ConvolutionSettings settings) implements RawConvolution {
    private static final int SAME = 1;
    private static final int EXPLICIT = 0;
    private static final int NHWC = 1;
    private static final int OUT_IN_HEIGHT_WIDTH = 1;

    @Override
    public void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays) {
        INDArray covered = isCopied() ? covered(input, output, arrays) : input;
        Nd4j.exec(DynamicCustomOp.builder("conv2d")
                .addInputs(covered, weights)
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
        INDArray covered = isCopied() ? covered(input, outputGradient, arrays) : input;
        INDArray coveredGradient = isCopied() ? arrays.working(covered.shape()) : inputGradient;
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp")
                .addInputs(covered, weights, outputGradient)
                .addOutputs(coveredGradient, weightGradient)
                .addIntegerArguments(arguments())
                .build());
        if (isCopied()) {
            inputGradient.assign(0);
            inside(inputGradient, covered, false).assign(inside(coveredGradient, inputGradient, true));
        }
    }

    private boolean isCopied() {
        return settings.padding().equals(Padding.SAME) && settings.stride() > settings.kernel();
    }

    /** The windows' pixels: zeros before the image, and of the image what the last window reaches. */
    private INDArray covered(INDArray input, INDArray output, ArrayAllocator arrays) {
        INDArray result = arrays.working(input.size(0), reach(output.size(1)), reach(output.size(2)), input.size(3))
                .assign(0);
        inside(result, input, true).assign(inside(input, result, false));
        return result;
    }

    private long reach(long outputSize) {
        return (outputSize - 1) * settings.stride() + settings.kernel();
    }

    /** The pixels of an array that it shares with the other one, one of the two being the image with its padding. */
    private INDArray inside(INDArray array, INDArray other, boolean padded) {
        INDArray image = padded ? other : array;
        INDArray windows = padded ? array : other;
        int top = settings.padBefore((int) image.size(1));
        int left = settings.padBefore((int) image.size(2));
        long height = Math.min(image.size(1), windows.size(1) - top);
        long width = Math.min(image.size(2), windows.size(2) - left);
        long firstRow = padded ? top : 0;
        long firstColumn = padded ? left : 0;
        return array.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(firstRow, firstRow + height),
                NDArrayIndex.interval(firstColumn, firstColumn + width),
                NDArrayIndex.all());
    }

    private int[] arguments() {
        int kernel = settings.kernel();
        int stride = settings.stride();
        boolean same = settings.padding().equals(Padding.SAME);
        int pad = same ? 0 : settings.padBefore(kernel);
        int mode = same && !isCopied() ? SAME : EXPLICIT;
        return new int[] {kernel, kernel, stride, stride, pad, pad, 1, 1, mode, NHWC, OUT_IN_HEIGHT_WIDTH};
    }
}
