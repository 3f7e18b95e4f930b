package org.efficientnet4j.kernels.onednn.convolution;

import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** Weights with batch norm folded in, in a primitive's layout, and the bias that is left of it. */
public final class InferenceWeights {
    private final NativeMemory weights;
    private final NativeMemory bias;

    public InferenceWeights(
            ConvolutionSettings settings, ConvolutionParameters parameters, ConvolutionPass pass, Workers workers) {
        weights = new NativeMemory(pass.weightBytes());
        bias = new NativeMemory(4L * settings.outChannels());
        pass.arrange(workers, fold(settings, parameters, bias.address()), weights.address());
    }

    /**
     * Folds batch norm, if any, into the weights.
     *
     * @param bias where the bias goes
     * @return the address of the weights in DL4J's layout: the thread's scratch memory for weights
     */
    public static long fold(ConvolutionSettings settings, ConvolutionParameters parameters, long bias) {
        float[] values = Addresses.read(parameters.weights());
        float[] shifts = Addresses.read(parameters.shift());
        settings.batchNorm().ifPresent(batchNorm -> scale(values, shifts, batchNorm, parameters));
        Addresses.floats(bias, shifts.length).put(shifts);
        long folded = ThreadScratch.address(ThreadScratch.Purpose.WEIGHTS, 4L * values.length);
        Addresses.floats(folded, values.length).put(values);
        return folded;
    }

    private static void scale(float[] values, float[] shifts, BatchNorm batchNorm, ConvolutionParameters parameters) {
        float[] gamma = Addresses.read(parameters.gamma());
        float[] mean = Addresses.read(parameters.mean());
        float[] variance = Addresses.read(parameters.variance());
        int filter = values.length / gamma.length;
        for (int channel = 0; channel < gamma.length; channel++) {
            double scale = gamma[channel] / Math.sqrt(variance[channel] + batchNorm.epsilon());
            shifts[channel] = (float) (shifts[channel] - scale * mean[channel]);
            for (int i = channel * filter; i < (channel + 1) * filter; i++) {
                values[i] *= (float) scale;
            }
        }
    }

    public long weights() {
        return weights.address();
    }

    public long bias() {
        return bias.address();
    }

    public void close() {
        weights.close();
        bias.close();
    }
}
