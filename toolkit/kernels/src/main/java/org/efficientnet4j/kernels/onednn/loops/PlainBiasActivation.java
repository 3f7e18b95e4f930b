package org.efficientnet4j.kernels.onednn.loops;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bias and activation by oneDNN's primitives. */
public final class PlainBiasActivation implements NormActivation {
    private static final int SHAPES = 6;

    private final ConvolutionSettings settings;
    private final int channels;
    private final PrimitiveCache<ImageShape, Stages> stages = new PrimitiveCache<>(SHAPES);

    public PlainBiasActivation(ConvolutionSettings settings) {
        this.settings = settings;
        this.channels = settings.outChannels();
    }

    @Override
    public void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        repeat(convolved, result, parameters);
    }

    @Override
    public void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        Stages made = stages(convolved);
        long to = Addresses.of(result);
        Workers.OPEN_MP.run(1, share -> {
            made.bias.execute(Addresses.of(convolved), Addresses.of(parameters.shift()), to);
            made.activation.apply(to);
        });
    }

    @Override
    public RowGradient backward(
            INDArray convolved, INDArray epsilon, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        return (first, rows, destination) -> {
            if (first != 0 || rows * channels != convolved.length()) {
                throw new IllegalArgumentException("oneDNN's activation takes a batch as a whole, but rows " + first
                        + " to " + (first + rows) + " were asked for");
            }
            gradient(convolved, Addresses.of(epsilon), parameters, destination);
            sumRows(destination, rows, gradients.shift());
        };
    }

    private void gradient(INDArray convolved, long epsilon, ConvolutionParameters parameters, long destination) {
        if (settings.activation() == Activation.NONE) {
            Addresses.copy(epsilon, destination, 4 * convolved.length());
            return;
        }
        Stages made = stages(convolved);
        Workers.OPEN_MP.run(1, share -> {
            made.bias.execute(Addresses.of(convolved), Addresses.of(parameters.shift()), destination);
            made.activation.gradient(destination, epsilon, destination);
        });
    }

    private void sumRows(long gradient, long rows, INDArray biasGradient) {
        double[] sums = new double[channels];
        float[] row = new float[channels];
        for (long i = 0; i < rows; i++) {
            Addresses.floats(gradient + 4 * i * channels, channels).get(row);
            for (int c = 0; c < channels; c++) {
                sums[c] += row[c];
            }
        }
        FloatBuffer result = Addresses.floats(Addresses.of(biasGradient), channels);
        for (int c = 0; c < channels; c++) {
            result.put(c, (float) sums[c]);
        }
    }

    private Stages stages(INDArray convolved) {
        Workers.OPEN_MP.prepare();
        ImageShape shape = new ImageShape((int) convolved.size(0), (int) convolved.size(1), (int) convolved.size(2));
        return stages.get(shape, wanted -> new Stages(wanted, settings));
    }

    @Override
    public void close() {
        stages.close();
    }

    /** The primitives for one shape. */
    private static final class Stages implements AutoCloseable {
        private final Primitive bias;
        private final Elementwise activation;

        Stages(ImageShape shape, ConvolutionSettings settings) {
            int channels = settings.outChannels();
            try (Layout data = Layout.nhwc(shape.images(), channels, shape.height(), shape.width());
                    Layout one = Layout.nhwc(1, channels, 1, 1)) {
                bias = Primitives.sum(data, one);
                activation = new Elementwise(settings.activation(), data);
            }
        }

        @Override
        public void close() {
            bias.close();
            activation.close();
        }
    }
}
