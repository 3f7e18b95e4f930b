package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution y, then z = {@code gamma (y - mean) / sqrt(variance + epsilon) + beta} or {@code y + bias}, then the
 * activation. Keeps y; z is computed again in the backward pass.
 */
final class PortableConvolution implements ConvolutionKernel {
    private final ConvolutionSettings settings;
    private final RawConvolution convolution;
    private final RowNormalisation normalisation;
    private INDArray output;

    PortableConvolution(ConvolutionSettings settings) {
        this.settings = settings;
        this.convolution = RawConvolution.of(settings);
        this.normalisation = RowNormalisation.of(settings);
    }

    @Override
    public INDArray infer(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        INDArray result = arrays.activations(outputShape(input));
        convolution.forward(input, parameters.weights(), result, arrays);
        normalisation.infer(rows(result), parameters);
        return Activations.apply(settings.activation(), result);
    }

    @Override
    public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        convolve(input, parameters, arrays);
        normalisation.measure(rows(output));
        return activate(parameters, arrays);
    }

    @Override
    public INDArray recompute(
            INDArray input, ConvolutionParameters parameters, boolean needsOutput, ArrayAllocator arrays) {
        if (output == null) {
            convolve(input, parameters, arrays);
            normalisation.measure(rows(output));
        }
        return needsOutput ? activate(parameters, arrays) : null;
    }

    private void convolve(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        output = arrays.kept(outputShape(input));
        convolution.forward(input, parameters.weights(), output, arrays);
    }

    private INDArray activate(ConvolutionParameters parameters, ArrayAllocator arrays) {
        INDArray result = arrays.activations(output.shape());
        normalisation.forward(rows(output), rows(result), parameters);
        return Activations.apply(settings.activation(), result);
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            boolean needsInputGradient,
            ArrayAllocator arrays) {
        INDArray rows = rows(output);
        INDArray gradient = rows(arrays.working(output.shape()));
        if (settings.activation() == Activation.NONE) {
            gradient.assign(rows(epsilon));
        } else {
            normalisation.forward(rows, gradient, parameters);
            Activations.slope(settings.activation(), gradient).muli(rows(epsilon));
        }
        normalisation.backward(rows, gradient, parameters, gradients);
        INDArray inputGradient = arrays.gradient(input.shape());
        convolution.backward(
                input,
                parameters.weights(),
                gradient.reshape('c', output.shape()),
                inputGradient,
                gradients.weights(),
                arrays);
        return inputGradient;
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        normalisation.moveStatistics(parameters);
    }

    @Override
    public void clear() {
        output = null;
    }

    private long[] outputShape(INDArray input) {
        return new long[] {
            input.size(0),
            settings.outputSize((int) input.size(1)),
            settings.outputSize((int) input.size(2)),
            settings.outChannels()
        };
    }

    /** {@code [N, H, W, C]} as {@code [N * H * W, C]}, the same memory. */
    private static INDArray rows(INDArray array) {
        long channels = array.size(3);
        return array.reshape('c', array.length() / channels, channels);
    }
}
