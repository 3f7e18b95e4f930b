package org.efficientnet4j.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.efficientnet4j.kernels.portable.PortableKernels;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The same inputs for a provider in float and the portable kernels in double. */
final class KernelCase {
    static final PortableKernels PORTABLE = new PortableKernels();
    private static final double WORST = 1e-4;

    private final Random random = new Random(7);

    private KernelCase() {}

    static KernelCase create() {
        return new KernelCase();
    }

    /** Plain arrays outside any workspace, filled with NaN so that nobody relies on their content. */
    static ArrayAllocator arrays(DataType type) {
        return new ArrayAllocator() {
            @Override
            public INDArray activations(long... shape) {
                return Nd4j.valueArrayOf(shape, Double.NaN, type);
            }

            @Override
            public INDArray gradient(long... shape) {
                return activations(shape);
            }

            @Override
            public INDArray working(long... shape) {
                return activations(shape);
            }
        };
    }

    /** Float32 normal values around a mean. */
    INDArray values(double mean, double deviation, long... shape) {
        INDArray result = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < result.length(); i++) {
            result.putScalar(i, (float) (mean + deviation * random.nextGaussian()));
        }
        return result;
    }

    /** A convolution with batch norm. */
    static ConvolutionSettings normalised(
            int in, int out, int kernel, int stride, boolean depthwise, Activation activation, Padding padding) {
        return new ConvolutionSettings(
                in,
                out,
                kernel,
                stride,
                padding,
                depthwise ? in : 1,
                activation,
                Optional.of(new BatchNorm(1e-3, 0.99)));
    }

    ConvolutionParameters convolution(ConvolutionSettings s) {
        int inputs = s.filterChannels();
        double deviation = 1 / Math.sqrt(inputs * s.kernel() * s.kernel());
        INDArray weights = values(0, deviation, s.outChannels(), inputs, s.kernel(), s.kernel());
        if (s.batchNorm().isEmpty()) {
            return ConvolutionParameters.biased(weights, values(0.1, 0.3, s.outChannels()));
        }
        return ConvolutionParameters.normalised(
                weights,
                values(1, 0.2, s.outChannels()),
                values(0.1, 0.3, s.outChannels()),
                values(0.2, 0.1, s.outChannels()),
                values(1.5, 0.1, s.outChannels()));
    }

    static ConvolutionParameters inDouble(ConvolutionParameters p) {
        return map(p, KernelCase::inDouble);
    }

    static ConvolutionParameters copy(ConvolutionParameters p) {
        return map(p, array -> array.dup('c'));
    }

    private static ConvolutionParameters map(ConvolutionParameters p, UnaryOperator<INDArray> change) {
        return new ConvolutionParameters(
                change.apply(p.weights()),
                change.apply(p.shift()),
                p.scaling()
                        .map(s -> new ConvolutionParameters.Scaling(
                                change.apply(s.gamma()), change.apply(s.mean()), change.apply(s.variance()))));
    }

    SqueezeExciteParameters squeezeExcite(int channels, int reduced) {
        return new SqueezeExciteParameters(
                values(0, 1 / Math.sqrt(channels), reduced, channels),
                values(0, 0.3, reduced),
                values(0, 1 / Math.sqrt(reduced), channels, reduced),
                values(0, 0.3, channels));
    }

    static SqueezeExciteParameters inDouble(SqueezeExciteParameters p) {
        return new SqueezeExciteParameters(
                inDouble(p.reduceWeights()),
                inDouble(p.reduceBias()),
                inDouble(p.expandWeights()),
                inDouble(p.expandBias()));
    }

    static SqueezeExciteParameters copy(SqueezeExciteParameters p) {
        return new SqueezeExciteParameters(
                p.reduceWeights().dup('c'),
                p.reduceBias().dup(),
                p.expandWeights().dup('c'),
                p.expandBias().dup());
    }

    static INDArray inDouble(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c');
    }

    /** The largest difference, relative to the largest expected value. */
    static void assertClose(String what, INDArray expected, INDArray actual) {
        INDArray wanted = inDouble(expected);
        double scale = Math.max(wanted.amaxNumber().doubleValue(), 1e-3);
        INDArray found = inDouble(actual).reshape('c', wanted.shape());
        double error = 0;
        for (long i = 0; i < wanted.length(); i++) {
            error = Math.max(error, Math.abs(wanted.getDouble(i) - found.getDouble(i)) / scale);
        }
        assertTrue(error <= WORST, what + ": relative error " + error + ", expected up to " + scale);
    }
}
