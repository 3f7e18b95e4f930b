package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * One direction of a convolution for one batch shape: primitives for every piece of every share, all with one layout of
 * the weights, and the reorder between that layout and DL4J's. Matrix products read DL4J's as it is.
 */
public final class ConvolutionPass implements AutoCloseable {
    /** The directions. */
    public enum Direction {
        FORWARD,
        INFER,
        BACKWARD_DATA,
        BACKWARD_WEIGHTS
    }

    private static final long FLOAT_BYTES = 4;

    private final Direction direction;
    private final ConvolutionSettings settings;
    private final Pieces pieces;
    private final List<List<BandConvolution>> bands = new ArrayList<>();
    private final Layout weights;
    private final Optional<WeightReorder> reorder;

    public ConvolutionPass(Direction direction, ConvolutionSettings settings, Pieces pieces) {
        this.direction = direction;
        this.settings = settings;
        this.pieces = pieces;
        weights = pieces.products() ? products() : convolutions();
        reorder = pieces.products() ? Optional.empty() : Optional.of(reorder());
    }

    private Layout products() {
        for (List<Band> share : pieces.shares()) {
            bands.add(share.stream().map(this::product).toList());
        }
        return ConvolutionPrimitives.storedWeights(settings);
    }

    private BandConvolution product(Band band) {
        int rows = band.outputRows() * outputWidth();
        try (Layout input = Layout.matrix(rows, settings.inChannels());
                Layout output = Layout.matrix(rows, settings.outChannels());
                Layout stored = Layout.matrix(settings.outChannels(), settings.inChannels());
                Layout transposed = Layout.transposed(settings.inChannels(), settings.outChannels())) {
            Primitive product = direction == Direction.FORWARD
                    ? Primitives.product(input, transposed, output)
                    : Primitives.product(output, stored, input);
            return BandConvolution.ofProduct(direction, product);
        }
    }

    private Layout convolutions() {
        Layout chosen = ConvolutionPrimitives.anyWeights(settings);
        for (List<Band> share : pieces.shares()) {
            Map<Band, BandConvolution> byShape = new HashMap<>();
            List<BandConvolution> own = new ArrayList<>();
            for (Band band : share) {
                BandConvolution convolution = byShape.get(atOrigin(band));
                if (convolution == null) {
                    convolution = BandConvolution.of(direction, settings, pieces.shape(), band, chosen);
                    byShape.put(atOrigin(band), convolution);
                }
                if (bands.isEmpty() && own.isEmpty()) {
                    chosen.close();
                    chosen = convolution.weights().copy();
                }
                own.add(convolution);
            }
            bands.add(own);
        }
        return chosen;
    }

    private WeightReorder reorder() {
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings)) {
            int threads = pieces.shares().size();
            return direction == Direction.BACKWARD_WEIGHTS
                    ? new WeightReorder(weights, stored, threads)
                    : new WeightReorder(stored, weights, threads);
        }
    }

    /** Key of a band's primitive: equal bands of one thread share one. */
    private static Band atOrigin(Band band) {
        return new Band(0, band.images(), 0, band.inputRows(), band.padTop(), band.padBottom(), 0, band.outputRows());
    }

    /** The number of independent pieces of work. */
    public int shares() {
        return bands.size();
    }

    /** The number of a share's pieces. */
    public int pieces(int share) {
        return bands.get(share).size();
    }

    /** The layout of the weights (or of their gradients). */
    Layout weights() {
        return weights;
    }

    /** Between DL4J's layout of the weights and {@link #weights()}, in the direction the pass needs. */
    void reorder(long from, long to) {
        reorder.orElseThrow().run(from, to);
    }

    /** {@link #reorder(long, long)} by several threads. */
    void reorder(Workers workers, long from, long to) {
        reorder.orElseThrow().run(workers, from, to);
    }

    /**
     * Weights as the primitives want them.
     *
     * @param stored the address of the weights in DL4J's layout
     * @return that address where it will do, else the calling thread's scratch memory for weights
     */
    public long arranged(Workers workers, long stored) {
        if (reorder.isEmpty()) {
            return stored;
        }
        long address = ThreadScratch.address(Purpose.WEIGHTS, weights.bytes());
        reorder(workers, stored, address);
        return address;
    }

    /** Runs a piece, by the addresses of its own part of input and output. */
    public void execute(int share, int piece, long input, long weightsAddress, long output) {
        bands.get(share).get(piece).execute(input, weightsAddress, output);
    }

    /** Inference of a share, by the batch's addresses. */
    public void infer(int share, long input, long weightsAddress, long output, long bias) {
        for (int piece = 0; piece < pieces(share); piece++) {
            bands.get(share)
                    .get(piece)
                    .infer(
                            input + inputOffset(share, piece),
                            weightsAddress,
                            output + FLOAT_BYTES * settings.outChannels() * firstOutputPixel(share, piece),
                            bias);
        }
    }

    /** Offset of a piece in the batch's input, in bytes. */
    long inputOffset(int share, int piece) {
        Band band = band(share, piece);
        long row = FLOAT_BYTES * pieces.shape().width() * settings.inChannels();
        return ((long) band.firstImage() * pieces.shape().height() + band.firstInputRow()) * row;
    }

    /** Offset of a piece in the batch's output, in pixels. */
    public long firstOutputPixel(int share, int piece) {
        Band band = band(share, piece);
        long height = settings.outputSize(pieces.shape().height());
        return (band.firstImage() * height + band.firstOutputRow()) * outputWidth();
    }

    /** How much output a piece has. */
    public long outputPixels(int share, int piece) {
        Band band = band(share, piece);
        return (long) band.images() * band.outputRows() * outputWidth();
    }

    /** How many images a piece has, where images aren't cut. */
    int images(int share, int piece) {
        return band(share, piece).images();
    }

    private Band band(int share, int piece) {
        return pieces.shares().get(share).get(piece);
    }

    private int outputWidth() {
        return settings.outputSize(pieces.shape().width());
    }

    @Override
    public void close() {
        bands.forEach(share -> share.forEach(BandConvolution::close));
        reorder.ifPresent(WeightReorder::close);
        weights.close();
    }
}
