package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;
import org.efficientnet4j.kernels.vector.TileArrays.Use;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;
import org.efficientnet4j.plan.Activation;

/**
 * The backward pass through the activation and batch norm: sums over the batch, and then the gradient by the convolution's
 * output y, some rows at a time. The sums' pass leaves dz, the gradient by what batch norm makes of y, where it found the
 * gradient by the activated result.
 */
final class NormGradient implements RowGradient {
    private final int channels;
    private final Activation activation;
    private final ActivationLoop loop;
    private final long y;
    private final long dz;
    private final RowTiles tiles;
    private final float[] scale;
    private final float[] shift;
    private float[] slope;
    private float[] constant;

    /**
     * @param y address of the convolution's output
     * @param epsilon address of the gradient by the activated result, which is overwritten
     * @param scale that batch norm multiplies y by, by channel
     * @param shift that it adds
     */
    NormGradient(int channels, Activation activation, long y, long epsilon, float[] scale, float[] shift) {
        this.channels = channels;
        this.activation = activation;
        this.loop = ActivationLoop.of(activation);
        this.y = y;
        this.dz = epsilon;
        this.tiles = new RowTiles(channels);
        this.scale = tiles.repeated(scale);
        this.shift = tiles.repeated(shift);
    }

    /** The sums over the rows of {@code dz} and of {@code dz (y - mean)}, by channel. */
    double[][] sums(long rows, float[] meanByChannel) {
        TileLoop tileLoop = new TileLoop(1, rows, channels);
        float[] mean = tileLoop.repeated(meanByChannel, 0);
        ChannelSums sums = new ChannelSums(tileLoop.slots(), channels);
        ChannelSums products = new ChannelSums(tileLoop.slots(), channels);
        List<Operand> operands = List.of(Operand.in(y), new Operand(dz, true, activation != Activation.NONE));
        long tileBytes = 4L * tileLoop.tile();
        tileLoop.run(operands, (block, slot, windows, count, valid) -> {
            for (long tile = 0; tile < count; tile += BatchMoments.TILES_IN_FLOAT) {
                float[] sum = TileArrays.zeros(Use.SUMS, tileLoop.tile());
                float[] product = TileArrays.zeros(Use.PRODUCTS, tileLoop.tile());
                long end = Math.min(count, tile + BatchMoments.TILES_IN_FLOAT);
                long t = tile;
                for (; t + 3 < end; t += 4) {
                    long at = t * tileBytes;
                    loop.backward(windows[0], windows[1], at, at + 4 * tileBytes, scale, shift);
                    NormRows.gradientSums4(windows[0], windows[1], at, mean, sum, product);
                }
                for (; t < end; t++) {
                    long at = t * tileBytes;
                    loop.backward(windows[0], windows[1], at, at + tileBytes, scale, shift);
                    NormRows.gradientSums(windows[0], windows[1], at, mean, sum, product);
                }
                sums.add(slot, sum, valid);
                products.add(slot, product, valid);
            }
        });
        return new double[][] {sums.total(0, tileLoop.slots()), products.total(0, tileLoop.slots())};
    }

    /** Sets what the sums came to: {@code dy = scale dz + slope y + constant}, by channel. */
    void complete(float[] slopeByChannel, float[] constantByChannel) {
        slope = tiles.repeated(slopeByChannel);
        constant = tiles.repeated(constantByChannel);
    }

    @Override
    public void write(long first, long rows, long destination) {
        long start = 4 * first * channels;
        List<Operand> operands = List.of(Operand.in(y + start), Operand.in(dz + start), Operand.out(destination));
        tiles.run(rows, operands, (windows, count, valid) -> {
            for (long t = 0; t < count; t++) {
                long at = t * tiles.tile() * 4;
                NormRows.gradient(windows[0], windows[1], windows[2], at, scale, slope, constant);
            }
        });
    }
}
