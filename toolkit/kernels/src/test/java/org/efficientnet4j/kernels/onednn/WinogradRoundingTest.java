package org.efficientnet4j.kernels.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.convolution.BandKernel;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.PassWeights;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.kernels.onednn.winograd.Winograd;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rounding errors of Winograd's transforms beside the definition in double precision. */
class WinogradRoundingTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256})
    void errorsAreSomeMillionthsOfATypicalOutput(int channels) {
        ConvolutionSettings settings = new ConvolutionSettings(
                channels, 32, 3, 1, Padding.fixed(1), 1, Activation.NONE, Optional.of(new BatchNorm(1e-3, 0.99)));
        ImageShape shape = new ImageShape(1, 28, 28);
        Band band = Band.split(settings, shape, 1, false).get(0);
        PlainConvolution plain = new PlainConvolution(settings, shape, band);
        float[] input = GuardedCase.values(plain.inputLength());
        float[] weights = GuardedCase.values(plain.weightLength());
        double[] expected = plain.output(input, weights);

        double error = relativeError(expected, computed(settings, shape, band, input, weights));
        assertTrue(error > 1e-7 && error < 5e-6, error + " of a typical output");
    }

    private static float[] computed(
            ConvolutionSettings settings, ImageShape shape, Band band, float[] input, float[] weights) {
        Winograd winograd = new Winograd(settings, new PlainWinograd());
        INDArray images = Nd4j.createFromArray(input);
        INDArray values = Nd4j.createFromArray(weights);
        INDArray output = Nd4j.create(DataType.FLOAT, 32L * shape.pixels());
        try (BandKernel kernel = winograd.band(Direction.FORWARD, shape, band);
                PassWeights points = winograd.weights(Direction.FORWARD, 1)) {
            INDArray arranged = Nd4j.create(DataType.FLOAT, points.bytes() / 4);
            points.arrange(Workers.OPEN_MP, Addresses.of(values), Addresses.of(arranged));
            kernel.execute(Addresses.of(images), Addresses.of(arranged), Addresses.of(output));
        }
        return output.toFloatVector();
    }

    /** Root mean square of the errors over that of the outputs. */
    private static double relativeError(double[] expected, float[] found) {
        double errors = 0;
        double outputs = 0;
        for (int i = 0; i < expected.length; i++) {
            errors += Math.pow(found[i] - expected[i], 2);
            outputs += expected[i] * expected[i];
        }
        return Math.sqrt(errors / outputs);
    }
}
