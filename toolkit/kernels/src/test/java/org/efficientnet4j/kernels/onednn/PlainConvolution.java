package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/** A band's convolution and its gradients as plain loops, NHWC and OIHW. */
final class PlainConvolution {
    private final ConvolutionSettings settings;
    private final Band band;
    private final int inputWidth;
    private final int outputWidth;
    private final int padLeft;

    PlainConvolution(ConvolutionSettings settings, ImageShape shape, Band band) {
        this.settings = settings;
        this.band = band;
        this.inputWidth = shape.width();
        this.outputWidth = settings.outputSize(inputWidth);
        this.padLeft = settings.padding().before(inputWidth, settings.kernel(), settings.stride());
    }

    int inputLength() {
        return band.images() * band.inputRows() * inputWidth * settings.inChannels();
    }

    int outputLength() {
        return band.images() * band.outputRows() * outputWidth * settings.outChannels();
    }

    int weightLength() {
        return settings.outChannels() * filterChannels() * settings.kernel() * settings.kernel();
    }

    /** The products in the sum of one number of the output. */
    int outputTerms() {
        return filterChannels() * settings.kernel() * settings.kernel();
    }

    /** The most products in the sum of one number of the input's gradient. */
    int inputGradientTerms() {
        int filters = settings.depthwise() ? 1 : settings.outChannels();
        return filters * settings.kernel() * settings.kernel();
    }

    /** The most products in the sum of one number of the weights' gradient. */
    int weightGradientTerms() {
        return band.images() * band.outputRows() * outputWidth;
    }

    double[] output(float[] input, float[] weights) {
        double[] result = new double[outputLength()];
        forEachProduct((in, weight, out) -> result[out] += (double) input[in] * weights[weight]);
        return result;
    }

    double[] inputGradient(float[] weights, float[] outputGradient) {
        double[] result = new double[inputLength()];
        forEachProduct((in, weight, out) -> result[in] += (double) weights[weight] * outputGradient[out]);
        return result;
    }

    double[] weightGradient(float[] input, float[] outputGradient) {
        double[] result = new double[weightLength()];
        forEachProduct((in, weight, out) -> result[weight] += (double) input[in] * outputGradient[out]);
        return result;
    }

    /** The positions in three arrays of what is multiplied or added up. */
    @FunctionalInterface
    private interface Product {
        void accept(int input, int weight, int output);
    }

    private int filterChannels() {
        return settings.depthwise() ? 1 : settings.inChannels();
    }

    private void forEachProduct(Product body) {
        for (int pixel = 0; pixel < weightGradientTerms(); pixel++) {
            int x = pixel % outputWidth;
            int y = pixel / outputWidth % band.outputRows();
            int image = pixel / outputWidth / band.outputRows();
            for (int tap = 0; tap < settings.kernel() * settings.kernel(); tap++) {
                int row = y * settings.stride() - band.padTop() + tap / settings.kernel();
                int column = x * settings.stride() - padLeft + tap % settings.kernel();
                if (row >= 0 && row < band.inputRows() && column >= 0 && column < inputWidth) {
                    int from = (image * band.inputRows() + row) * inputWidth + column;
                    forEachChannel(from * settings.inChannels(), tap, pixel * settings.outChannels(), body);
                }
            }
        }
    }

    private void forEachChannel(int firstInput, int tap, int firstOutput, Product body) {
        int taps = settings.kernel() * settings.kernel();
        for (int out = 0; out < settings.outChannels(); out++) {
            for (int in = 0; in < filterChannels(); in++) {
                int input = firstInput + (settings.depthwise() ? out : in);
                body.accept(input, (out * filterChannels() + in) * taps + tap, firstOutput + out);
            }
        }
    }
}
