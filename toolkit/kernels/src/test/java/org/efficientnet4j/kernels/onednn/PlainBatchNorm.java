package org.efficientnet4j.kernels.onednn;

/** Batch norm of rows of channels and its gradients as plain loops. */
final class PlainBatchNorm {
    final double[] mean;
    final double[] variance;
    final double[] result;
    final double[] inputGradient;
    final double[] gammaGradient;
    final double[] betaGradient;
    private final float[] data;
    private final int channels;
    private final double epsilon;

    PlainBatchNorm(float[] data, float[] gamma, float[] beta, float[] gradient, double epsilon) {
        this.data = data;
        this.channels = gamma.length;
        this.epsilon = epsilon;
        mean = new double[channels];
        variance = new double[channels];
        result = new double[data.length];
        inputGradient = new double[data.length];
        gammaGradient = new double[channels];
        betaGradient = new double[channels];
        takeStatistics();
        for (int i = 0; i < data.length; i++) {
            int c = i % channels;
            result[i] = normalised(i) * gamma[c] + beta[c];
            gammaGradient[c] += gradient[i] * normalised(i);
            betaGradient[c] += gradient[i];
        }
        int count = data.length / channels;
        for (int i = 0; i < data.length; i++) {
            int c = i % channels;
            double centred = gradient[i] - (betaGradient[c] + normalised(i) * gammaGradient[c]) / count;
            inputGradient[i] = gamma[c] / deviation(c) * centred;
        }
    }

    private void takeStatistics() {
        int count = data.length / channels;
        for (int i = 0; i < data.length; i++) {
            mean[i % channels] += data[i] / (double) count;
        }
        for (int i = 0; i < data.length; i++) {
            variance[i % channels] += Math.pow(data[i] - mean[i % channels], 2) / count;
        }
    }

    private double deviation(int channel) {
        return Math.sqrt(variance[channel] + epsilon);
    }

    private double normalised(int index) {
        return (data[index] - mean[index % channels]) / deviation(index % channels);
    }
}
