package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation.GatedGradient;
import org.efficientnet4j.kernels.vector.TileArrays.Use;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;

/**
 * The gradient through gate, swish and batch norm. With d the gradient by {@code g a}, the gradient by a is
 * {@code g d + s}, where s, what squeezing adds, is known only when all pixels' gradients are. Batch norm's sums over it
 * need no pass of their own: they are those of {@code g d swish'} plus s times those of {@code swish'}, which
 * are taken for each image while d is in the cache.
 */
final class VectorGatedGradient implements GatedGradient {
    private final VectorGatedActivation activation;
    private final int shares;
    private final int images;
    private final int channels;
    private final int tile;
    private final float[] mean;

    /** Sums of {@code d a}. */
    private final ChannelSums gated;

    /** Sums of {@code swish'}, and of it times {@code y - mean}. */
    private final ChannelSums slopes;

    private final ChannelSums slopeProducts;

    /** Sums of {@code g d swish'}, and of it times {@code y - mean}; by shares alone. */
    private final ChannelSums gradients;

    private final ChannelSums gradientProducts;

    private long gradient;
    private float[][] summands;
    private float[] slope;
    private float[] constant;

    VectorGatedGradient(VectorGatedActivation activation, int shares) {
        this.activation = activation;
        this.shares = shares;
        this.images = activation.images();
        this.channels = activation.channels();
        this.tile = activation.tiles().tile();
        this.mean = activation.tiles().repeated(activation.norm().batchMean());
        this.gated = new ChannelSums(images * shares, channels);
        this.slopes = new ChannelSums(images * shares, channels);
        this.slopeProducts = new ChannelSums(images * shares, channels);
        this.gradients = new ChannelSums(shares, channels);
        this.gradientProducts = new ChannelSums(shares, channels);
    }

    @Override
    public void add(int share, long first, long rows, long addedGradient, long destination) {
        GatedSums sums = new GatedSums(tile, mean);
        activation.eachImage(first, rows, (image, from, count) -> {
            long offset = activation.bytes(from - first);
            List<Operand> operands = List.of(
                    Operand.in(activation.convolved() + activation.bytes(from)),
                    Operand.in(addedGradient + offset),
                    Operand.out(destination + offset));
            float[] gate = activation.gate(image);
            int slot = image * shares + share;
            activation.tiles().run(count, operands, (windows, tiles, valid) -> {
                for (long t = 0; t < tiles; t += BatchMoments.TILES_IN_FLOAT) {
                    sums.clear();
                    long end = Math.min(tiles, t + BatchMoments.TILES_IN_FLOAT);
                    sums.add(windows, t, end, activation.scale(), activation.shift(), gate);
                    gated.add(slot, sums.gated, valid);
                    slopes.add(slot, sums.slopes, valid);
                    slopeProducts.add(slot, sums.slopeProducts, valid);
                    gradients.add(share, sums.gradients, gate, valid);
                    gradientProducts.add(share, sums.gradientProducts, gate, valid);
                }
            });
        });
    }

    @Override
    public void writeGateGradient(long destination) {
        gated.writeBlocks(images, 1, destination);
    }

    @Override
    public void squeezed(long meansGradient) {
        float[] values = new float[images * channels];
        Addresses.floats(meansGradient, values.length).get(values);
        for (int i = 0; i < values.length; i++) {
            values[i] /= activation.pixels();
        }
        summands = activation.tiles().repeatedBlocks(values);
    }

    @Override
    public void complete(long givenGradient, ConvolutionParameters parameterGradients) {
        gradient = givenGradient;
        double[] sum = gradients.total(0, shares);
        double[] product = gradientProducts.total(0, shares);
        for (int image = 0; image < images; image++) {
            int first = image * shares;
            slopes.addTotal(first, first + shares, summands[image], sum);
            slopeProducts.addTotal(first, first + shares, summands[image], product);
        }
        VectorNormActivation.InputGradient through =
                activation.norm().backward(sum, product, activation.scaleByChannel(), parameterGradients);
        slope = activation.tiles().repeated(through.slope);
        constant = activation.tiles().repeated(through.constant);
    }

    @Override
    public void write(long first, long rows, long destination) {
        RowTiles tiles = activation.tiles();
        float[] scale = activation.scale();
        float[] shift = activation.shift();
        activation.eachImage(first, rows, (image, from, count) -> {
            float[] gate = activation.gate(image);
            float[] summand = summands[image];
            List<Operand> operands = List.of(
                    Operand.in(activation.convolved() + activation.bytes(from)),
                    Operand.in(gradient + activation.bytes(from)),
                    Operand.out(destination + activation.bytes(from - first)));
            tiles.run(count, operands, (windows, whole, valid) -> {
                float[] dz = TileArrays.undefined(Use.GRADIENT, tile);
                for (long t = 0; t < whole; t++) {
                    long at = t * tile * 4;
                    GatedRows.swishGradient(windows[0], windows[1], at, scale, shift, gate, summand, dz);
                    GatedRows.gradient(windows[0], windows[2], at, dz, scale, slope, constant);
                }
            });
        });
    }
}
