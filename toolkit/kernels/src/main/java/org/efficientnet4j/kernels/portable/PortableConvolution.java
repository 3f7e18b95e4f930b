package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Convolution y, then {@code z = gamma (y - mean) / sqrt(variance + epsilon) + beta}, then {@code z sigmoid(z)}. Keeps y
 * and the batch's statistics; z is computed again in the backward pass.
 */
final class PortableConvolution implements ConvolutionKernel {
    private final ConvolutionSettings settings;
    private final RawConvolution convolution;
    private INDArray output;
    private INDArray batchMean;
    private INDArray inverseDeviation;

    PortableConvolution(ConvolutionSettings settings) {
        this.settings = settings;
        this.convolution = RawConvolution.of(settings);
    }

    @Override
    public INDArray infer(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        INDArray result = arrays.activations(outputShape(input));
        convolution.forward(input, parameters.weights(), result, arrays);
        INDArray rows = rows(result);
        INDArray inverse = inverseDeviation(parameters.variance());
        rows.subiRowVector(parameters.mean()).muliRowVector(inverse.muli(parameters.gamma()));
        rows.addiRowVector(parameters.beta());
        return settings.swish() ? Nd4j.exec(new Swish(result, result)) : result;
    }

    @Override
    public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        convolve(input, parameters, arrays);
        INDArray rows = rows(output);
        moveStatistics(parameters, rows.var(false, 0), rows.rows());
        return activate(parameters, arrays);
    }

    @Override
    public INDArray recompute(
            INDArray input, ConvolutionParameters parameters, boolean needsOutput, ArrayAllocator arrays) {
        if (output == null) {
            convolve(input, parameters, arrays);
        }
        return needsOutput ? activate(parameters, arrays) : null;
    }

    private void convolve(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        int channels = settings.outChannels();
        output = arrays.kept(outputShape(input));
        convolution.forward(input, parameters.weights(), output, arrays);
        INDArray rows = rows(output);
        batchMean = arrays.kept(channels).assign(rows.mean(0));
        inverseDeviation = arrays.kept(channels).assign(inverseDeviation(rows.var(false, 0)));
    }

    private INDArray activate(ConvolutionParameters parameters, ArrayAllocator arrays) {
        INDArray result = arrays.activations(output.shape());
        normalise(rows(output), rows(result), parameters);
        return settings.swish() ? Nd4j.exec(new Swish(result, result)) : result;
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
        INDArray normGradient = rows(arrays.working(output.shape()));
        if (settings.swish()) {
            INDArray z = arrays.working(rows.shape());
            normalise(rows, z, parameters);
            SwishSlope.inPlace(z, normGradient);
            z.muli(rows(epsilon), normGradient);
        } else {
            normGradient.assign(rows(epsilon));
        }
        INDArray centred = rows.subRowVector(batchMean).muliRowVector(inverseDeviation);
        INDArray betaGradient = normGradient.sum(0);
        INDArray gammaGradient = normGradient.mul(centred).sum(0);
        gradients.beta().assign(betaGradient);
        gradients.gamma().assign(gammaGradient);

        // dy = gamma / deviation * (dz - mean(dz) - centred * mean(dz * centred))
        double share = 1.0 / rows.rows();
        INDArray outputGradient = normGradient
                .subi(centred.muliRowVector(gammaGradient.muli(share)))
                .subiRowVector(betaGradient.muli(share))
                .muliRowVector(inverseDeviation.mul(parameters.gamma()));
        INDArray inputGradient = arrays.gradient(input.shape());
        convolution.backward(
                input,
                parameters.weights(),
                outputGradient.reshape('c', output.shape()),
                inputGradient,
                gradients.weights(),
                arrays);
        return inputGradient;
    }

    @Override
    public void clear() {
        output = null;
        batchMean = null;
        inverseDeviation = null;
    }

    private void normalise(INDArray rows, INDArray result, ConvolutionParameters parameters) {
        result.assign(rows).subiRowVector(batchMean);
        result.muliRowVector(inverseDeviation.mul(parameters.gamma())).addiRowVector(parameters.beta());
    }

    private void moveStatistics(ConvolutionParameters parameters, INDArray variance, long rows) {
        double share = 1 - settings.decay();
        double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
        parameters.mean().muli(settings.decay()).addi(batchMean.mul(share));
        parameters.variance().muli(settings.decay()).addi(variance.mul(share * unbiased));
    }

    private INDArray inverseDeviation(INDArray variance) {
        return Transforms.pow(variance.add(settings.epsilon()), -0.5, false);
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
