package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A depthwise convolution as a sum over the kernel's taps, each a shifted image times a weight per channel. ND4J's own
 * operation goes through matrices and takes four (forward) to ten times (backward) as long.
 */
record DepthwiseConvolution(ConvolutionSettings settings) implements RawConvolution {
    private static final int CHANNEL_AXIS = 3;

    @Override
    public void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays) {
        Taps taps = new Taps(padded(input, output, arrays), output, settings.stride());
        INDArray shifted = arrays.working(output.shape());
        output.assign(0);
        for (int row = 0; row < settings.kernel(); row++) {
            for (int column = 0; column < settings.kernel(); column++) {
                shifted.assign(taps.at(row, column));
                output.addi(perChannel(shifted, weight(weights, row, column)));
            }
        }
    }

    @Override
    public void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            ArrayAllocator arrays) {
        Taps images = new Taps(padded(input, outputGradient, arrays), outputGradient, settings.stride());
        Taps gradients = new Taps(spread(input, outputGradient, arrays), input, 1);
        INDArray shiftedImage = arrays.working(outputGradient.shape());
        INDArray shiftedGradient = arrays.working(input.shape());
        int last = settings.kernel() - 1;
        inputGradient.assign(0);
        for (int row = 0; row < settings.kernel(); row++) {
            for (int column = 0; column < settings.kernel(); column++) {
                shiftedImage.assign(images.at(row, column)).muli(outputGradient);
                weight(weightGradient, row, column).assign(rows(shiftedImage).sum(0));
                shiftedGradient.assign(gradients.at(last - row, last - column));
                inputGradient.addi(perChannel(shiftedGradient, weight(weights, row, column)));
            }
        }
    }

    /** The images with the zeros around them that the kernel's windows reach. */
    private INDArray padded(INDArray input, INDArray output, ArrayAllocator arrays) {
        long height = reach(input.size(1), output.size(1));
        long width = reach(input.size(2), output.size(2));
        INDArray padded =
                arrays.working(input.size(0), height, width, input.size(3)).assign(0);
        int top = before(input.size(1));
        int left = before(input.size(2));
        view(padded, top, input.size(1), 1, left, input.size(2), 1).assign(input);
        return padded;
    }

    /** The output's gradients at the pixels their windows start from, zeros between and around. */
    private INDArray spread(INDArray input, INDArray gradient, ArrayAllocator arrays) {
        int stride = settings.stride();
        int margin = settings.kernel() - 1;
        int top = margin - before(input.size(1));
        int left = margin - before(input.size(2));
        long height = Math.max(input.size(1) + margin, top + (gradient.size(1) - 1) * stride + 1);
        long width = Math.max(input.size(2) + margin, left + (gradient.size(2) - 1) * stride + 1);
        INDArray spread =
                arrays.working(input.size(0), height, width, input.size(3)).assign(0);
        view(spread, top, gradient.size(1), stride, left, gradient.size(2), stride)
                .assign(gradient);
        return spread;
    }

    private int before(long inputSize) {
        return settings.padBefore((int) inputSize);
    }

    private long reach(long inputSize, long outputSize) {
        return Math.max(before(inputSize) + inputSize, (outputSize - 1) * settings.stride() + settings.kernel());
    }

    private static INDArray weight(INDArray weights, int row, int column) {
        return weights.get(
                NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.point(row), NDArrayIndex.point(column));
    }

    private static INDArray perChannel(INDArray images, INDArray factors) {
        return Nd4j.exec(new BroadcastMulOp(images, factors.dup(), images, CHANNEL_AXIS));
    }

    private static INDArray rows(INDArray images) {
        long channels = images.size(CHANNEL_AXIS);
        return images.reshape('c', images.length() / channels, channels);
    }

    private static INDArray view(
            INDArray array, long top, long height, int rowStep, long left, long width, int columnStep) {
        return array.get(
                NDArrayIndex.all(), every(rowStep, top, height), every(columnStep, left, width), NDArrayIndex.all());
    }

    /** So many indices from a first one on; ND4J counts a single index at step 2 as none. */
    private static INDArrayIndex every(int step, long first, long count) {
        return NDArrayIndex.interval(first, count == 1 ? 1 : step, first + (count - 1) * step + 1);
    }

    /** The images a kernel's tap sees: one view for each tap, of the result's size. */
    private record Taps(INDArray padded, INDArray result, int stride) {
        INDArray at(int row, int column) {
            return view(padded, row, result.size(1), stride, column, result.size(2), stride);
        }
    }
}
