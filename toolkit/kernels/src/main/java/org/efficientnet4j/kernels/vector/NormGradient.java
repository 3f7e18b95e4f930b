package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.onednn.NormActivation.RowGradient;
import org.efficientnet4j.kernels.vector.TileArrays.Use;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;

/**
 * The backward pass through swish and batch norm: sums over the batch, and then the gradient by the convolution's output
 * y, some rows at a time. The sums' pass leaves dz, the gradient by what batch norm makes of y, where it found the gradient
 * by the activated result.
 */
final class NormGradient implements RowGradient {
    private final int channels;
    private final boolean swish;
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
    NormGradient(int channels, boolean swish, long y, long epsilon, float[] scale, float[] shift) {
        this.channels = channels;
        this.swish = swish;
        this.y = y;
        this.dz = epsilon;
        this.tiles = new RowTiles(channels);
        this.scale = tiles.repeated(scale);
        this.shift = tiles.repeated(shift);
    }

    /** The sums over the rows of {@code dz} and of {@code dz (y - mean)}, by channel. */
    double[][] sums(long rows, float[] meanByChannel) {
        TileLoop loop = new TileLoop(1, rows, channels);
        float[] mean = loop.repeated(meanByChannel, 0);
        ChannelSums sums = new ChannelSums(loop.slots(), channels);
        ChannelSums products = new ChannelSums(loop.slots(), channels);
        List<Operand> operands = List.of(Operand.in(y), new Operand(dz, true, swish));
        loop.run(operands, (block, slot, windows, count, valid) -> {
            for (long tile = 0; tile < count; tile += BatchMoments.TILES_IN_FLOAT) {
                float[] sum = TileArrays.zeros(Use.SUMS, loop.tile());
                float[] product = TileArrays.zeros(Use.PRODUCTS, loop.tile());
                long end = Math.min(count, tile + BatchMoments.TILES_IN_FLOAT);
                long t = tile;
                for (; t + 3 < end; t += 4) {
                    long at = t * loop.tile() * 4;
                    for (int i = 0; i < 4; i++) {
                        throughSwish(windows, at + 4L * i * loop.tile());
                    }
                    NormRows.gradientSums4(windows[0], windows[1], at, mean, sum, product);
                }
                for (; t < end; t++) {
                    long at = t * loop.tile() * 4;
                    throughSwish(windows, at);
                    NormRows.gradientSums(windows[0], windows[1], at, mean, sum, product);
                }
                sums.add(slot, sum, valid);
                products.add(slot, product, valid);
            }
        });
        return new double[][] {sums.total(0, loop.slots()), products.total(0, loop.slots())};
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

    private void throughSwish(FloatWindow[] windows, long at) {
        if (swish) {
            NormRows.swishGradient(windows[0], windows[1], at, scale, shift);
        }
    }
}
