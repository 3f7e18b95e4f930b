package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;

/**
 * One direction of a convolution for one batch shape: primitives for every piece of every share, all with one layout of
 * the weights, and the reorder between that layout and DL4J's. Matrix products read DL4J's as it is.
 */
final class ConvolutionPass implements AutoCloseable {
    /** The directions. */
    enum Direction {
        FORWARD,
        INFER,
        BACKWARD_DATA,
        BACKWARD_WEIGHTS
    }

    private static final long FLOAT_BYTES = 4;

    private final Direction direction;
    private final ConvolutionSettings settings;
    private final Pieces pieces;
    private final List<List<Primitive>> primitives = new ArrayList<>();
    private final Layout weights;
    private final Optional<WeightReorder> reorder;

    ConvolutionPass(Direction direction, ConvolutionSettings settings, Pieces pieces) {
        this.direction = direction;
        this.settings = settings;
        this.pieces = pieces;
        weights = pieces.products() ? products() : convolutions();
        reorder = pieces.products() ? Optional.empty() : Optional.of(reorder());
    }

    private Layout products() {
        for (List<Band> share : pieces.shares()) {
            primitives.add(share.stream().map(this::product).toList());
        }
        return ConvolutionPrimitives.storedWeights(settings);
    }

    private Primitive product(Band band) {
        int rows = band.outputRows() * outputWidth();
        try (Layout input = Layout.matrix(rows, settings.inChannels());
                Layout output = Layout.matrix(rows, settings.outChannels());
                Layout stored = Layout.matrix(settings.outChannels(), settings.inChannels());
                Layout transposed = Layout.transposed(settings.inChannels(), settings.outChannels())) {
            return direction == Direction.FORWARD
                    ? Primitives.product(input, transposed, output)
                    : Primitives.product(output, stored, input);
        }
    }

    private Layout convolutions() {
        int argument = direction == Direction.BACKWARD_WEIGHTS ? dnnl.DNNL_ARG_DIFF_WEIGHTS : dnnl.DNNL_ARG_WEIGHTS;
        Layout chosen = ConvolutionPrimitives.anyWeights(settings);
        for (List<Band> share : pieces.shares()) {
            Map<Band, Primitive> byShape = new HashMap<>();
            List<Primitive> own = new ArrayList<>();
            for (Band band : share) {
                Primitive primitive = byShape.get(atOrigin(band));
                if (primitive == null) {
                    primitive = create(band, chosen);
                    byShape.put(atOrigin(band), primitive);
                }
                if (primitives.isEmpty() && own.isEmpty()) {
                    chosen.close();
                    chosen = primitive.layout(argument).copy();
                }
                own.add(primitive);
            }
            primitives.add(own);
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

    /** What a band's primitive goes by: one thread's equal bands share one. */
    private static Band atOrigin(Band band) {
        return new Band(0, band.images(), 0, band.inputRows(), band.padTop(), band.padBottom(), 0, band.outputRows());
    }

    private Primitive create(Band band, Layout weightLayout) {
        try (ConvolutionPrimitives factory = new ConvolutionPrimitives(settings, pieces.shape(), band)) {
            if (direction == Direction.INFER) {
                return factory.infer(weightLayout);
            } else if (direction == Direction.FORWARD) {
                return factory.forward(weightLayout);
            }
            try (Layout any = ConvolutionPrimitives.anyWeights(settings);
                    Primitive hint = factory.forward(any)) {
                return direction == Direction.BACKWARD_DATA
                        ? factory.backwardData(hint, weightLayout)
                        : factory.backwardWeights(hint, weightLayout);
            }
        }
    }

    /** The number of independent pieces of work. */
    int shares() {
        return primitives.size();
    }

    /** The number of a share's pieces. */
    int pieces(int share) {
        return primitives.get(share).size();
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
    long arranged(Workers workers, long stored) {
        if (reorder.isEmpty()) {
            return stored;
        }
        long address = ThreadScratch.address(Purpose.WEIGHTS, weights.bytes());
        reorder(workers, stored, address);
        return address;
    }

    /** Runs a piece, by the addresses of its own part of input and output. */
    void execute(int share, int piece, long input, long weightsAddress, long output) {
        Primitive primitive = primitives.get(share).get(piece);
        switch (direction) {
            case FORWARD -> primitive.execute(input, weightsAddress, output);
            case BACKWARD_DATA -> primitive.execute(output, weightsAddress, input);
            case BACKWARD_WEIGHTS -> primitive.execute(input, output, weightsAddress);
            case INFER -> throw new IllegalStateException("Inference needs a bias");
        }
    }

    /** Inference of a share, by the batch's addresses. */
    void infer(int share, long input, long weightsAddress, long output, long bias) {
        for (int piece = 0; piece < pieces(share); piece++) {
            primitives
                    .get(share)
                    .get(piece)
                    .execute(
                            input + inputOffset(share, piece),
                            weightsAddress,
                            output + FLOAT_BYTES * settings.outChannels() * firstOutputPixel(share, piece),
                            bias);
        }
    }

    /** Where a piece begins in the batch's input, in bytes. */
    long inputOffset(int share, int piece) {
        Band band = band(share, piece);
        long row = FLOAT_BYTES * pieces.shape().width() * settings.inChannels();
        return ((long) band.firstImage() * pieces.shape().height() + band.firstInputRow()) * row;
    }

    /** Where a piece begins in the batch's output, in pixels. */
    long firstOutputPixel(int share, int piece) {
        Band band = band(share, piece);
        long height = Padding.outputSize(pieces.shape().height(), settings.stride());
        return (band.firstImage() * height + band.firstOutputRow()) * outputWidth();
    }

    /** How much output a piece has. */
    long outputPixels(int share, int piece) {
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
        return Padding.outputSize(pieces.shape().width(), settings.stride());
    }

    @Override
    public void close() {
        primitives.forEach(share -> share.forEach(Primitive::close));
        reorder.ifPresent(WeightReorder::close);
        weights.close();
    }
}
