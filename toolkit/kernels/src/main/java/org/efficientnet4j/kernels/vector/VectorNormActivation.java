package org.efficientnet4j.kernels.vector;

import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch norm and activation in four passes over the convolution's output y: moments, while each piece of y is in the cache;
 * normalised and activated result; the backward pass's sums; y's gradient.
 */
final class VectorNormActivation implements NormActivation {
    private final BatchNorm settings;
    private final Activation activation;
    private final int channels;
    private BatchMoments moments;
    private long rows;
    private float[] batchMean;
    private double[] batchVariance;
    private float[] inverseDeviation;

    VectorNormActivation(ConvolutionSettings settings) {
        this.settings = settings.batchNorm().orElseThrow();
        this.activation = settings.activation();
        this.channels = settings.outChannels();
    }

    @Override
    public void begin(int shares) {
        moments = new BatchMoments(shares, channels);
    }

    @Override
    public void add(int share, long convolved, long rows) {
        moments.add(share, convolved, rows);
    }

    @Override
    public void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        finish();
        repeat(convolved, result, parameters);
    }

    /** Computes the statistics of what has been added. */
    void finish() {
        double[] mean = moments.mean();
        batchVariance = moments.variance(mean);
        rows = moments.count();
        batchMean = new float[channels];
        inverseDeviation = new float[channels];
        for (int c = 0; c < channels; c++) {
            batchMean[c] = (float) mean[c];
            inverseDeviation[c] = (float) (1 / Math.sqrt(batchVariance[c] + settings.epsilon()));
        }
        moments = null;
    }

    @Override
    public Optional<GatedActivation> gated() {
        return activation == Activation.SWISH
                ? Optional.of(new VectorGatedActivation(this, channels))
                : Optional.empty();
    }

    /** By channel. */
    float[] batchMean() {
        return batchMean;
    }

    @Override
    public void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        float[] scale = scale(parameters);
        AffineActivation.run(convolved, result, activation, scale, shift(scale, parameters));
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        float[] mean = Addresses.read(parameters.mean());
        float[] running = Addresses.read(parameters.variance());
        double decay = settings.decay();
        double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) (decay * mean[c] + (1 - decay) * batchMean[c]);
            running[c] = (float) (decay * running[c] + (1 - decay) * unbiased * batchVariance[c]);
        }
        Addresses.write(mean, parameters.mean());
        Addresses.write(running, parameters.variance());
    }

    /** Scale of batch norm by channel. */
    float[] scale(ConvolutionParameters parameters) {
        float[] result = Addresses.read(parameters.gamma());
        for (int c = 0; c < channels; c++) {
            result[c] *= inverseDeviation[c];
        }
        return result;
    }

    /** Shift of batch norm by channel: beta less the scaled mean. */
    float[] shift(float[] scale, ConvolutionParameters parameters) {
        float[] result = Addresses.read(parameters.beta());
        for (int c = 0; c < channels; c++) {
            result[c] = (float) (result[c] - (double) scale[c] * batchMean[c]);
        }
        return result;
    }

    @Override
    public RowGradient backward(
            INDArray convolved, INDArray epsilon, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        float[] scale = scale(parameters);
        NormGradient gradient = new NormGradient(
                channels, activation, Addresses.of(convolved), Addresses.of(epsilon), scale, shift(scale, parameters));
        double[][] sums = gradient.sums(rows, batchMean);
        InputGradient through = backward(sums[0], sums[1], scale, gradients);
        gradient.complete(through.slope, through.constant);
        return gradient;
    }

    /** The gradient by y, of that by z: {@code scale dz + slope y + constant}, by channel. */
    static final class InputGradient {
        final float[] slope;
        final float[] constant;

        InputGradient(float[] slope, float[] constant) {
            this.slope = slope;
            this.constant = constant;
        }
    }

    /**
     * Writes the gradients of gamma and beta.
     *
     * @param sum of {@code dz} over the rows, by channel
     * @param product of {@code dz (y - mean)}
     * @param scale as {@link #scale(ConvolutionParameters)} gives it
     */
    InputGradient backward(double[] sum, double[] product, float[] scale, ConvolutionParameters gradients) {
        float[] gammaGradient = new float[channels];
        float[] betaGradient = new float[channels];
        float[] slope = new float[channels];
        float[] constant = new float[channels];
        for (int c = 0; c < channels; c++) {
            betaGradient[c] = (float) sum[c];
            gammaGradient[c] = (float) (product[c] * inverseDeviation[c]);
            double byDeviation = -scale[c] * inverseDeviation[c] * (double) inverseDeviation[c] * product[c] / rows;
            slope[c] = (float) byDeviation;
            constant[c] = (float) (-scale[c] * sum[c] / rows - byDeviation * batchMean[c]);
        }
        Addresses.write(gammaGradient, gradients.gamma());
        Addresses.write(betaGradient, gradients.beta());
        return new InputGradient(slope, constant);
    }
}
