package org.efficientnet4j.kernels.onednn.loops;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch norm and activation by oneDNN's primitives; the batch norm's output is computed again in the backward pass. */
public final class PlainNormActivation implements NormActivation {
    private static final int SHAPES = 6;

    private final ConvolutionSettings settings;
    private final BatchNorm batchNorm;
    private final int channels;
    private final PrimitiveCache<ImageShape, Stages> byShape = new PrimitiveCache<>(SHAPES);
    private NativeMemory statistics;
    private long rows;

    public PlainNormActivation(ConvolutionSettings settings) {
        this.settings = settings;
        this.batchNorm = settings.batchNorm().orElseThrow();
        this.channels = settings.outChannels();
    }

    @Override
    public void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        if (statistics == null) {
            statistics = new NativeMemory(8L * channels);
        }
        Stages stages = stages(convolved);
        rows = convolved.length() / channels;
        Workers.OPEN_MP.run(1, share -> {
            normalise(stages.norm, Addresses.of(convolved), Addresses.of(result), parameters);
            stages.activation.apply(Addresses.of(result));
        });
    }

    @Override
    public void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        Stages stages = stages(convolved);
        Workers.OPEN_MP.run(1, share -> {
            normalise(stages.givenNorm, Addresses.of(convolved), Addresses.of(result), parameters);
            stages.activation.apply(Addresses.of(result));
        });
    }

    private void normalise(Primitive norm, long convolved, long result, ConvolutionParameters parameters) {
        norm.execute(
                convolved,
                result,
                Addresses.of(parameters.gamma()),
                Addresses.of(parameters.beta()),
                batchMean(),
                batchVariance());
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        float[] mean = Addresses.read(parameters.mean());
        float[] variance = Addresses.read(parameters.variance());
        FloatBuffer batch = Addresses.floats(batchMean(), 2 * channels);
        double decay = batchNorm.decay();
        double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) (decay * mean[c] + (1 - decay) * batch.get(c));
            variance[c] = (float) (decay * variance[c] + (1 - decay) * unbiased * batch.get(channels + c));
        }
        Addresses.write(mean, parameters.mean());
        Addresses.write(variance, parameters.variance());
    }

    private long batchMean() {
        return statistics.address();
    }

    private long batchVariance() {
        return statistics.address() + 4L * channels;
    }

    @Override
    public RowGradient backward(
            INDArray convolved, INDArray epsilon, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        return (first, count, destination) -> {
            if (first != 0 || count * channels != convolved.length()) {
                throw new IllegalArgumentException("oneDNN's batch norm takes a batch as a whole, but rows " + first
                        + " to " + (first + count) + " were asked for");
            }
            gradient(convolved, Addresses.of(epsilon), parameters, gradients, destination);
        };
    }

    private void gradient(
            INDArray convolved,
            long epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            long destination) {
        Stages stages = stages(convolved);
        Workers.OPEN_MP.run(1, share -> {
            long normGradient = epsilon;
            if (settings.activation() != Activation.NONE) {
                normalise(stages.givenNorm, Addresses.of(convolved), destination, parameters);
                normGradient = stages.activation.gradient(destination, epsilon, destination);
            }
            stages.normBackward.execute(
                    Addresses.of(convolved),
                    normGradient,
                    destination,
                    Addresses.of(parameters.gamma()),
                    Addresses.of(parameters.beta()),
                    batchMean(),
                    batchVariance(),
                    Addresses.of(gradients.gamma()),
                    Addresses.of(gradients.beta()));
        });
    }

    @Override
    public void close() {
        byShape.close();
        if (statistics != null) {
            statistics.close();
            statistics = null;
        }
    }

    private Stages stages(INDArray convolved) {
        Workers.OPEN_MP.prepare();
        ImageShape shape = new ImageShape((int) convolved.size(0), (int) convolved.size(1), (int) convolved.size(2));
        return byShape.get(shape, wanted -> new Stages(wanted, settings));
    }

    /** The primitives for one shape. */
    private static final class Stages implements AutoCloseable {
        private final Primitive norm;
        private final Primitive givenNorm;
        private final Primitive normBackward;
        private final Elementwise activation;

        Stages(ImageShape shape, ConvolutionSettings settings) {
            double epsilon = settings.batchNorm().orElseThrow().epsilon();
            try (Layout data = Layout.nhwc(shape.images(), settings.outChannels(), shape.height(), shape.width())) {
                norm = Primitives.batchNorm(data, epsilon, false);
                givenNorm = Primitives.batchNorm(data, epsilon, true);
                normBackward = Primitives.batchNormBackward(norm, data, epsilon);
                activation = new Elementwise(settings.activation(), data);
            }
        }

        @Override
        public void close() {
            norm.close();
            givenNorm.close();
            normBackward.close();
            activation.close();
        }
    }
}
