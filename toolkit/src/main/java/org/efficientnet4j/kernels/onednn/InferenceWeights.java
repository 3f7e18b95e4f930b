package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.memory.ThreadScratch;

/** Weights with batch norm folded in, in a primitive's layout, and the bias that is left of it. */
final class InferenceWeights {
    private final NativeMemory weights;
    private final NativeMemory bias;

    InferenceWeights(ConvolutionSettings settings, ConvolutionParameters parameters, ConvolutionPass pass) {
        float[] values = Addresses.read(parameters.weights());
        float[] shifts = Addresses.read(parameters.beta());
        float[] gamma = Addresses.read(parameters.gamma());
        float[] mean = Addresses.read(parameters.mean());
        float[] variance = Addresses.read(parameters.variance());
        int filter = values.length / gamma.length;
        for (int channel = 0; channel < gamma.length; channel++) {
            double scale = gamma[channel] / Math.sqrt(variance[channel] + settings.epsilon());
            shifts[channel] = (float) (shifts[channel] - scale * mean[channel]);
            for (int i = channel * filter; i < (channel + 1) * filter; i++) {
                values[i] *= (float) scale;
            }
        }
        long folded = ThreadScratch.address(ThreadScratch.Purpose.WEIGHTS, 4L * values.length);
        Addresses.floats(folded, values.length).put(values);
        weights = new NativeMemory(pass.weights().bytes());
        bias = new NativeMemory(4L * shifts.length);
        Addresses.floats(bias.address(), shifts.length).put(shifts);
        pass.reorder(folded, weights.address());
    }

    long weights() {
        return weights.address();
    }

    long bias() {
        return bias.address();
    }

    void close() {
        weights.close();
        bias.close();
    }
}
