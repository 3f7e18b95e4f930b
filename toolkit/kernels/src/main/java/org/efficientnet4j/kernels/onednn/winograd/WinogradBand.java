package org.efficientnet4j.kernels.onednn.winograd;

import java.util.HashMap;
import java.util.Map;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.convolution.BandKernel;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.winograd.WinogradTiles.Rows;

/** One direction of a convolution for one band, some rows of tiles at a time, so many that they stay in the caches. */
final class WinogradBand implements BandKernel {
    private static final int POINTS = WinogradTiles.POINTS * WinogradTiles.POINTS;
    private static final int KERNEL = 3;

    /** Bytes of tiles at all points that stay in a second-level cache. */
    private static final long CACHE_BYTES = 1 << 20;

    /** Tiles below which matrix products are slow. */
    private static final int LEAST_TILES = 32;

    private final Direction direction;
    private final int inputs;
    private final int outputs;
    private final WinogradTiles tiles;
    private final PostOperations post;
    private final WinogradLoops loops;
    private final int rows;
    private final int most;
    private final Map<Product, Primitive> products = new HashMap<>();

    private record Product(int rows, boolean added) {}

    /** @param post of inference */
    WinogradBand(
            Direction direction,
            ConvolutionSettings settings,
            ImageShape shape,
            Band band,
            PostOperations post,
            WinogradLoops loops) {
        this.direction = direction;
        this.post = post;
        this.loops = loops;
        boolean back = direction == Direction.BACKWARD_DATA;
        Plane input = new Plane(band.inputRows(), shape.width(), settings.inChannels());
        Plane output = new Plane(band.outputRows(), settings.outputSize(shape.width()), settings.outChannels());
        int top = band.padTop();
        int left = settings.padBefore(shape.width());
        tiles = back
                ? new WinogradTiles(loops, output, input, KERNEL - 1 - top, KERNEL - 1 - left)
                : new WinogradTiles(loops, input, output, top, left);
        inputs = back ? settings.outChannels() : settings.inChannels();
        outputs = back ? settings.inChannels() : settings.outChannels();
        rows = band.images() * tiles.tilesDown();
        most = mostRows();
        for (int first = 0; first < rows; first += most) {
            int count = Math.min(most, rows - first);
            product(new Product(count, first > 0));
            product(new Product(count, true));
        }
    }

    /** Rows of tiles to be taken at a time: the weights are read again for each. */
    private int mostRows() {
        int across = tiles.tilesAcross();
        long cached = CACHE_BYTES / (4L * POINTS * (inputs + outputs)) / across;
        long perWeights = (long) inputs * outputs / (inputs + outputs);
        long least = Math.max(LEAST_TILES, direction == Direction.BACKWARD_WEIGHTS ? perWeights : perWeights / 2);
        return (int) Math.min(rows, Math.max(cached, (least + across - 1) / across));
    }

    private Primitive product(Product wanted) {
        boolean gradient = direction == Direction.BACKWARD_WEIGHTS;
        return products.computeIfAbsent(new Product(wanted.rows, gradient && wanted.added), key -> {
            int count = key.rows * tiles.tilesAcross();
            return gradient
                    ? PointProducts.ofWeights(count, inputs, outputs, key.added)
                    : PointProducts.ofTiles(count, inputs, outputs);
        });
    }

    @Override
    public void execute(long input, long weights, long output) {
        switch (direction) {
            case FORWARD -> convolve(input, weights, output, false, this::copy);
            case BACKWARD_DATA -> convolve(output, weights, input, false, this::copy);
            case BACKWARD_WEIGHTS -> weightGradient(input, output, weights, false);
            case INFER -> throw new IllegalStateException("Inference needs a bias");
        }
    }

    @Override
    public boolean adds() {
        return true;
    }

    @Override
    public void add(long input, long weights, long output) {
        weightGradient(input, output, weights, true);
    }

    @Override
    public void infer(long input, long weights, long output, long bias) {
        convolve(
                input,
                weights,
                output,
                post.sum(),
                (from, to, pixels) -> loops.finish(from, to, pixels, outputs, bias, post));
    }

    private void copy(long from, long to, long pixels) {
        if (from != to) {
            Addresses.copy(from, to, 4 * pixels * outputs);
        }
    }

    private void convolve(long from, long weights, long to, boolean inScratch, WinogradTiles.Finish finish) {
        for (int first = 0; first < rows; first += most) {
            Rows part = new Rows(first, Math.min(most, rows - first));
            long count = (long) part.count() * tiles.tilesAcross();
            long points = scratch(Purpose.POINTS, count, inputs);
            long results = scratch(Purpose.PRODUCTS, count, outputs);
            tiles.inputs(from, part, points);
            product(new Product(part.count(), false)).execute(points, weights, results);
            tiles.outputs(results, part, to, inScratch, finish);
        }
    }

    private void weightGradient(long from, long gradient, long weights, boolean added) {
        for (int first = 0; first < rows; first += most) {
            Rows part = new Rows(first, Math.min(most, rows - first));
            long count = (long) part.count() * tiles.tilesAcross();
            long points = scratch(Purpose.POINTS, count, inputs);
            long gradients = scratch(Purpose.PRODUCTS, count, outputs);
            tiles.inputs(from, part, points);
            tiles.outputGradients(gradient, part, gradients);
            product(new Product(part.count(), added || first > 0)).execute(points, gradients, weights);
        }
    }

    private static long scratch(Purpose purpose, long tiles, int channels) {
        return ThreadScratch.address(purpose, POINTS * WinogradTiles.pointBytes(tiles, channels));
    }

    @Override
    public void close() {
        products.values().forEach(Primitive::close);
    }
}
