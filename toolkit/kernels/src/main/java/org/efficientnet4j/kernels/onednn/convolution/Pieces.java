package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * A batch cut for several threads: each one's share in pieces.
 *
 * @param shape what the bands are bands of; a pointwise convolution's images lie one below the other, as one
 * @param shares a thread's pieces each, in the order of memory
 * @param products whether it is a pointwise convolution to be computed as matrix products
 */
public record Pieces(ImageShape shape, List<List<Band>> shares, boolean products) {
    /** Bytes of a piece's output, or of an input made for it, that stay in a second-level cache beside what else is read. */
    private static final long PIECE_BYTES = 1 << 20;

    /** A piece costs a pass over the weights' gradient, which must be small against the piece. */
    private static final int PIECE_PER_WEIGHTS = 4;

    /** Pixels of a share for each weight above which convolutions measured as fast as matrix products or faster. */
    private static final long PRODUCT_PIXELS = 1024;

    /** A way to cut a batch. */
    @FunctionalInterface
    public interface Cut {
        Pieces pieces(ConvolutionSettings settings, ImageShape batch, Workers workers);
    }

    /** For inference: the convolution goes over a share once. */
    public static Pieces whole(ConvolutionSettings settings, ImageShape batch, int threads) {
        return new Pieces(
                batch,
                Band.split(settings, batch, threads, true).stream()
                        .map(List::of)
                        .toList(),
                false);
    }

    /**
     * For training: pieces whose output stays in the thread's cache between the passes over it, of whole images or of a
     * pointwise convolution's rows. A depthwise convolution's images measured faster all at once. Pointwise convolutions
     * of few pixels become matrix products.
     */
    public static Pieces cached(ConvolutionSettings settings, ImageShape batch, Workers workers) {
        boolean cut = workers.cutsPieces() && !settings.depthwise();
        long pieceBytes = cut ? Math.max(PIECE_BYTES, PIECE_PER_WEIGHTS * weightBytes(settings)) : Long.MAX_VALUE;
        boolean byRows = cut && settings.pointwise() && settings.stride() == 1;
        boolean products = byRows
                && (long) batch.images() * batch.pixels() <= workers.count() * PRODUCT_PIXELS
                && batch.images() * imageBytes(settings, batch) <= workers.count() * pieceBytes;
        ImageShape shape = byRows ? new ImageShape(1, batch.images() * batch.height(), batch.width()) : batch;
        int units = byRows ? shape.height() : shape.images();
        long unitBytes = imageBytes(settings, shape) / (byRows ? shape.height() : 1);
        long most = products ? units : Math.max(1, pieceBytes / unitBytes);
        return new Pieces(shape, cut(settings, shape, units, most, byRows, workers), products);
    }

    /**
     * For training a pointwise convolution with stride 1 whose input is made piece by piece: where it isn't matrix
     * products, rows, so few that a piece's input and the gradient by it stay in the cache.
     */
    public static Pieces byInput(ConvolutionSettings settings, ImageShape batch, Workers workers) {
        Pieces byOutput = cached(settings, batch, workers);
        if (byOutput.products()) {
            return byOutput;
        }
        ImageShape shape = byOutput.shape();
        long rowBytes = 4L * shape.width() * settings.inChannels();
        long pieceBytes = Math.max(PIECE_BYTES, PIECE_PER_WEIGHTS * weightBytes(settings));
        long most = Math.max(1, pieceBytes / rowBytes);
        return new Pieces(shape, cut(settings, shape, shape.height(), most, true, workers), false);
    }

    /** @param most rows or images a piece */
    private static List<List<Band>> cut(
            ConvolutionSettings settings, ImageShape shape, int units, long most, boolean byRows, Workers workers) {
        int threads = Math.min(workers.count(), units);
        List<List<Band>> shares = new ArrayList<>();
        for (int share = 0; share < threads; share++) {
            int first = start(units, share, threads);
            int count = start(units, share + 1, threads) - first;
            int pieces = (int) ((count + most - 1) / most);
            List<Band> bands = new ArrayList<>();
            for (int piece = 0; piece < pieces; piece++) {
                int from = first + start(count, piece, pieces);
                int length = first + start(count, piece + 1, pieces) - from;
                bands.add(
                        byRows
                                ? new Band(0, 1, from, length, 0, 0, from, length)
                                : images(settings, shape, from, length));
            }
            shares.add(List.copyOf(bands));
        }
        return List.copyOf(shares);
    }

    private static long imageBytes(ConvolutionSettings settings, ImageShape shape) {
        return 4L * settings.outChannels() * settings.outputSize(shape.height()) * settings.outputSize(shape.width());
    }

    private static Band images(ConvolutionSettings settings, ImageShape shape, int first, int count) {
        Band all = Band.split(settings, shape, 1, false).get(0);
        return new Band(
                first,
                count,
                all.firstInputRow(),
                all.inputRows(),
                all.padTop(),
                all.padBottom(),
                all.firstOutputRow(),
                all.outputRows());
    }

    private static long weightBytes(ConvolutionSettings settings) {
        return 4 * settings.weights();
    }

    private static int start(int total, int index, int shares) {
        return (int) ((long) total * index / shares);
    }
}
