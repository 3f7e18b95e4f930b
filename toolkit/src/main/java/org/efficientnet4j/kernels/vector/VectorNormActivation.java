package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.NormActivation;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch norm and swish in four passes over the convolution's output y: moments; normalised and activated result; the
 * backward pass's sums; y's gradient, written over y, which nobody needs any more. The swish's gradient is computed in
 * both backward passes: cheaper than storing it.
 */
final class VectorNormActivation implements NormActivation {
    /** So many tiles are added up in float before their sum goes to double. */
    private static final int TILES_IN_FLOAT = 64;

    private final ConvolutionSettings settings;
    private final int channels;
    private float[] batchMean;
    private float[] inverseDeviation;

    VectorNormActivation(ConvolutionSettings settings) {
        this.settings = settings;
        this.channels = settings.outChannels();
    }

    @Override
    public void forward(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        long y = Addresses.of(convolved);
        long rows = convolved.length() / channels;
        TileLoop loop = new TileLoop(1, rows, channels);
        double[] variance = moments(loop, y, rows);
        moveStatistics(parameters, variance, rows);
        repeat(convolved, result, parameters);
    }

    @Override
    public void repeat(INDArray convolved, INDArray result, ConvolutionParameters parameters) {
        long y = Addresses.of(convolved);
        TileLoop loop = new TileLoop(1, convolved.length() / channels, channels);
        float[] scales = scale(parameters);
        float[] scale = loop.repeated(scales, 0);
        float[] shift = loop.repeated(shift(scales, parameters), 0);
        boolean swish = settings.swish();
        loop.run(List.of(Operand.in(y), Operand.out(Addresses.of(result))), (block, slot, windows, tiles, valid) -> {
            long end = tiles * scale.length * 4;
            for (long at = 0; at < end; at += scale.length * 4L) {
                if (swish) {
                    NormRows.affineSwish(windows[0], windows[1], at, scale, shift);
                } else {
                    NormRows.affine(windows[0], windows[1], at, scale, shift);
                }
            }
        });
    }

    /** Sets mean and deviation; sums are taken around the first row, so that a large mean costs no digits. */
    private double[] moments(TileLoop loop, long y, long rows) {
        float[] firstRow = new float[channels];
        Addresses.floats(y, channels).get(firstRow);
        float[] pivot = loop.repeated(firstRow, 0);
        ChannelSums sums = new ChannelSums(loop.slots(), channels);
        ChannelSums squares = new ChannelSums(loop.slots(), channels);
        loop.run(List.of(Operand.in(y)), (block, slot, windows, tiles, valid) -> {
            float[] sum = new float[loop.tile()];
            float[] square = new float[loop.tile()];
            for (long tile = 0; tile < tiles; tile += TILES_IN_FLOAT) {
                Arrays.fill(sum, 0);
                Arrays.fill(square, 0);
                long end = Math.min(tiles, tile + TILES_IN_FLOAT);
                long t = tile;
                for (; t + 3 < end; t += 4) {
                    NormRows.moments4(windows[0], t * loop.tile() * 4, pivot, sum, square);
                }
                for (; t < end; t++) {
                    NormRows.moments(windows[0], t * loop.tile() * 4, pivot, sum, square);
                }
                sums.add(slot, sum, valid);
                squares.add(slot, square, valid);
            }
        });
        double[] sum = sums.total(0, loop.slots());
        double[] square = squares.total(0, loop.slots());
        batchMean = new float[channels];
        inverseDeviation = new float[channels];
        double[] variance = new double[channels];
        for (int c = 0; c < channels; c++) {
            double shift = sum[c] / rows;
            variance[c] = Math.max(0, square[c] / rows - shift * shift);
            batchMean[c] = (float) (firstRow[c] + shift);
            inverseDeviation[c] = (float) (1 / Math.sqrt(variance[c] + settings.epsilon()));
        }
        return variance;
    }

    private void moveStatistics(ConvolutionParameters parameters, double[] variance, long rows) {
        float[] mean = Addresses.read(parameters.mean());
        float[] running = Addresses.read(parameters.variance());
        double decay = settings.decay();
        double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) (decay * mean[c] + (1 - decay) * batchMean[c]);
            running[c] = (float) (decay * running[c] + (1 - decay) * unbiased * variance[c]);
        }
        Addresses.write(mean, parameters.mean());
        Addresses.write(running, parameters.variance());
    }

    private float[] scale(ConvolutionParameters parameters) {
        float[] result = Addresses.read(parameters.gamma());
        for (int c = 0; c < channels; c++) {
            result[c] *= inverseDeviation[c];
        }
        return result;
    }

    /** What is left of mean and beta once y is multiplied by the scale. */
    private float[] shift(float[] scale, ConvolutionParameters parameters) {
        float[] result = Addresses.read(parameters.beta());
        for (int c = 0; c < channels; c++) {
            result[c] = (float) (result[c] - (double) scale[c] * batchMean[c]);
        }
        return result;
    }

    @Override
    public INDArray backward(
            INDArray convolved,
            INDArray epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            ArrayAllocator arrays) {
        long rows = convolved.length() / channels;
        float[] scale = scale(parameters);
        Backward pass = new Backward(new TileLoop(1, rows, channels), scale, shift(scale, parameters));
        long y = Addresses.of(convolved);
        long dz = Addresses.of(epsilon);
        double[][] sums = pass.sums(y, dz);
        float[] gammaGradient = new float[channels];
        float[] betaGradient = new float[channels];
        float[] slope = new float[channels];
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) {
            betaGradient[c] = (float) sums[0][c];
            gammaGradient[c] = (float) (sums[1][c] * inverseDeviation[c]);
            double byDeviation = -scale[c] * inverseDeviation[c] * (double) inverseDeviation[c] * sums[1][c] / rows;
            slope[c] = (float) byDeviation;
            shift[c] = (float) (-scale[c] * sums[0][c] / rows - byDeviation * batchMean[c]);
        }
        Addresses.write(gammaGradient, gradients.gamma());
        Addresses.write(betaGradient, gradients.beta());
        pass.gradient(y, dz, slope, shift);
        return convolved;
    }

    /** The two backward passes. */
    private final class Backward {
        private final TileLoop loop;
        private final float[] mean;
        private final float[] scale;
        private final float[] shift;

        Backward(TileLoop loop, float[] scale, float[] shift) {
            this.loop = loop;
            this.mean = loop.repeated(batchMean, 0);
            this.scale = loop.repeated(scale, 0);
            this.shift = loop.repeated(shift, 0);
        }

        double[][] sums(long y, long epsilon) {
            ChannelSums sums = new ChannelSums(loop.slots(), channels);
            ChannelSums products = new ChannelSums(loop.slots(), channels);
            loop.run(List.of(Operand.in(y), Operand.in(epsilon)), (block, slot, windows, tiles, valid) -> {
                float[] sum = new float[loop.tile()];
                float[] product = new float[loop.tile()];
                float[] dz = new float[4 * loop.tile()];
                for (long tile = 0; tile < tiles; tile += TILES_IN_FLOAT) {
                    Arrays.fill(sum, 0);
                    Arrays.fill(product, 0);
                    long end = Math.min(tiles, tile + TILES_IN_FLOAT);
                    long t = tile;
                    for (; t + 3 < end; t += 4) {
                        long at = t * loop.tile() * 4;
                        for (int i = 0; i < 4; i++) {
                            normGradient(windows, at + 4L * i * loop.tile(), dz, i * loop.tile());
                        }
                        NormRows.gradientSums4(windows[0], at, dz, mean, sum, product);
                    }
                    for (; t < end; t++) {
                        long at = t * loop.tile() * 4;
                        normGradient(windows, at, dz, 0);
                        NormRows.gradientSums(windows[0], at, dz, mean, sum, product);
                    }
                    sums.add(slot, sum, valid);
                    products.add(slot, product, valid);
                }
            });
            return new double[][] {sums.total(0, loop.slots()), products.total(0, loop.slots())};
        }

        void gradient(long y, long epsilon, float[] slopeByChannel, float[] shiftByChannel) {
            float[] slope = loop.repeated(slopeByChannel, 0);
            float[] constant = loop.repeated(shiftByChannel, 0);
            loop.run(List.of(Operand.inOut(y), Operand.in(epsilon)), (block, slot, windows, tiles, valid) -> {
                float[] dz = new float[loop.tile()];
                for (long t = 0; t < tiles; t++) {
                    long at = t * loop.tile() * 4;
                    normGradient(windows, at, dz, 0);
                    NormRows.gradient(windows[0], at, dz, scale, slope, constant);
                }
            });
        }

        private void normGradient(FloatWindow[] windows, long at, float[] dz, int from) {
            if (settings.swish()) {
                NormRows.swishGradient(windows[0], windows[1], at, scale, shift, dz, from);
            } else {
                NormRows.copy(windows[1], at, mean.length, dz, from);
            }
        }
    }
}
