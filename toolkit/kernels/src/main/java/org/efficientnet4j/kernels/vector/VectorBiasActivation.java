package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bias and activation: {@link VectorNormActivation}'s passes with a scale of 1 and without statistics. */
final class VectorBiasActivation implements NormActivation {
    private final int channels;
    private final Activation activation;
    private final float[] ones;

    VectorBiasActivation(ConvolutionSettings settings) {
        this.channels = settings.outChannels();
        this.activation = settings.activation();
        this.ones = new float[channels];
        Arrays.fill(ones, 1);
    }

    @Override
    public void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        repeat(convolved, result, parameters);
    }

    @Override
    public void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        AffineActivation.run(convolved, result, activation, ones, Addresses.read(parameters.shift()));
    }

    @Override
    public RowGradient backward(
            INDArray convolved, INDArray epsilon, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        NormGradient gradient = new NormGradient(
                channels,
                activation,
                Addresses.of(convolved),
                Addresses.of(epsilon),
                ones,
                Addresses.read(parameters.shift()));
        double[] sum = gradient.sums(convolved.length() / channels, new float[channels])[0];
        float[] biasGradient = new float[channels];
        for (int c = 0; c < channels; c++) {
            biasGradient[c] = (float) sum[c];
        }
        Addresses.write(biasGradient, gradients.shift());
        gradient.complete(new float[channels], new float[channels]);
        return gradient;
    }
}
