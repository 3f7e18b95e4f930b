package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * One direction of a convolution for one batch shape: kernels for every piece of every share, all with one layout of the
 * weights, and the way between that layout and DL4J's. Matrix products read DL4J's as it is.
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
    private final List<List<BandKernel>> bands = new ArrayList<>();
    private final Optional<PassWeights> weights;

    public ConvolutionPass(Direction direction, ConvolutionSettings settings, Pieces pieces) {
        this(direction, settings, pieces, Optional.empty());
    }

    /** @param fast computes it instead of the definition */
    public ConvolutionPass(
            Direction direction, ConvolutionSettings settings, Pieces pieces, Optional<FastAlgorithm> fast) {
        this.direction = direction;
        this.settings = settings;
        this.pieces = pieces;
        if (pieces.products()) {
            pieces.shares()
                    .forEach(
                            share -> bands.add(share.stream().map(this::product).toList()));
            weights = Optional.empty();
        } else if (fast.isPresent()) {
            addBands(band -> fast.get().band(direction, pieces.shape(), band));
            weights = Optional.of(fast.get().weights(direction, pieces.shares().size()));
        } else {
            weights = Optional.of(convolutions());
        }
    }

    private BandKernel product(Band band) {
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

    private PassWeights convolutions() {
        Layout[] chosen = {ConvolutionPrimitives.anyWeights(settings)};
        addBands(band -> {
            BandConvolution made = BandConvolution.of(direction, settings, pieces.shape(), band, chosen[0]);
            if (bands.isEmpty()) {
                chosen[0].close();
                chosen[0] = made.weights().copy();
            }
            return made;
        });
        int threads = pieces.shares().size();
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings)) {
            return direction == Direction.BACKWARD_WEIGHTS
                    ? new LayoutWeights(chosen[0], new WeightReorder(chosen[0], stored, threads))
                    : new LayoutWeights(chosen[0], new WeightReorder(stored, chosen[0], threads));
        }
    }

    private void addBands(Function<Band, BandKernel> kernels) {
        for (List<Band> share : pieces.shares()) {
            Map<Band, BandKernel> byShape = new HashMap<>();
            bands.add(share.stream()
                    .map(band -> byShape.computeIfAbsent(atOrigin(band), origin -> kernels.apply(band)))
                    .toList());
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

    /** The size in memory of the weights (or of their gradient) as the kernels want them. */
    long weightBytes() {
        return weights.map(PassWeights::bytes).orElse(FLOAT_BYTES * settings.weights());
    }

    /** Between DL4J's layout of the weights and the kernels', in the direction the pass needs. */
    void arrange(Workers workers, long from, long to) {
        weights.orElseThrow().arrange(workers, from, to);
    }

    /**
     * Weights as the kernels want them.
     *
     * @param stored the address of the weights in DL4J's layout
     * @return that address where it will do, else the calling thread's scratch memory for weights
     */
    public long arranged(Workers workers, long stored) {
        if (weights.isEmpty()) {
            return stored;
        }
        long address = ThreadScratch.address(Purpose.WEIGHTS, weightBytes());
        arrange(workers, stored, address);
        return address;
    }

    /** Runs a piece, by the addresses of its own part of input and output. */
    public void execute(int share, int piece, long input, long weightsAddress, long output) {
        bands.get(share).get(piece).execute(input, weightsAddress, output);
    }

    /** Returns whether {@link #add} takes pieces of a share. */
    boolean adds(int share) {
        return bands.get(share).get(0).adds();
    }

    /** Adds a piece's weight gradient. */
    void add(int share, int piece, long input, long weightsAddress, long output) {
        bands.get(share).get(piece).add(input, weightsAddress, output);
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
        bands.forEach(share -> share.forEach(BandKernel::close));
        weights.ifPresent(PassWeights::close);
    }
}
