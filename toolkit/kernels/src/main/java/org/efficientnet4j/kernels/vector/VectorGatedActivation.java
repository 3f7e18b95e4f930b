package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation;
import org.efficientnet4j.kernels.vector.TileArrays.Use;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A gated activation by tiles: each pass over y computes swish again, which costs less than writing and reading it. */
final class VectorGatedActivation implements GatedActivation {
    private final VectorNormActivation norm;
    private final int channels;
    private final RowTiles tiles;
    private long y;
    private int images;
    private int pixels;
    private float[] byChannel;
    private float[] scale;
    private float[] shift;
    private float[][] gates;

    VectorGatedActivation(VectorNormActivation norm, int channels) {
        this.norm = norm;
        this.channels = channels;
        this.tiles = new RowTiles(channels);
    }

    @Override
    public void squeeze(INDArray convolved, ConvolutionParameters parameters, long means) {
        norm.finish();
        y = Addresses.of(convolved);
        images = (int) convolved.size(0);
        pixels = (int) (convolved.size(1) * convolved.size(2));
        float[] scales = norm.scale(parameters);
        byChannel = scales;
        scale = tiles.repeated(scales);
        shift = tiles.repeated(norm.shift(scales, parameters));
        TileLoop loop = new TileLoop(images, pixels, channels);
        ChannelSums sums = new ChannelSums(images * loop.slots(), channels);
        loop.run(List.of(Operand.in(y)), (image, slot, windows, count, valid) -> {
            float[] sum = TileArrays.zeros(Use.SUMS, loop.tile());
            for (long t = 0; t < count; t++) {
                GatedRows.addSwish(windows[0], t * loop.tile() * 4, scale, shift, sum);
            }
            sums.add(image * loop.slots() + slot, sum, valid);
        });
        sums.writeBlocks(images, 1.0 / pixels, means);
    }

    @Override
    public void gate(INDArray values) {
        gates = tiles.repeatedBlocks(Addresses.read(values));
    }

    @Override
    public void write(long first, long rows, long destination) {
        eachImage(first, rows, (image, from, count) -> {
            float[] gate = gates[image];
            List<Operand> operands =
                    List.of(Operand.in(y + bytes(from)), Operand.out(destination + bytes(from - first)));
            tiles.run(count, operands, (windows, whole, valid) -> {
                for (long t = 0; t < whole; t++) {
                    GatedRows.gatedSwish(windows[0], windows[1], t * tiles.tile() * 4, scale, shift, gate);
                }
            });
        });
    }

    @Override
    public GatedGradient backward(int shares) {
        return new VectorGatedGradient(this, shares);
    }

    /** Rows of one image. */
    interface ImageRows {
        void run(int image, long first, long rows);
    }

    /** Cuts rows where an image ends. */
    void eachImage(long first, long rows, ImageRows body) {
        for (long from = first; from < first + rows; ) {
            int image = (int) (from / pixels);
            long end = Math.min(first + rows, (image + 1L) * pixels);
            body.run(image, from, end - from);
            from = end;
        }
    }

    long bytes(long rows) {
        return 4 * rows * channels;
    }

    VectorNormActivation norm() {
        return norm;
    }

    int channels() {
        return channels;
    }

    int images() {
        return images;
    }

    int pixels() {
        return pixels;
    }

    /** Address of y. */
    long convolved() {
        return y;
    }

    RowTiles tiles() {
        return tiles;
    }

    /** Batch norm's, by channel. */
    float[] scaleByChannel() {
        return byChannel;
    }

    /** Batch norm's, to fill a tile. */
    float[] scale() {
        return scale;
    }

    float[] shift() {
        return shift;
    }

    /** An image's, to fill a tile. */
    float[] gate(int image) {
        return gates[image];
    }
}
