package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;

/**
 * One direction of a convolution for one batch shape: a primitive a band, all with one layout of the weights, and the
 * reorder between that layout and DL4J's.
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

    private final ConvolutionSettings settings;
    private final ImageShape shape;
    private final List<Band> bands;
    private final List<Primitive> primitives = new ArrayList<>();
    private final Layout weights;
    private final Primitive reorder;

    ConvolutionPass(Direction direction, ConvolutionSettings settings, ImageShape shape, int threads) {
        this.settings = settings;
        this.shape = shape;
        boolean overlaps = direction == Direction.BACKWARD_DATA && settings.kernel() > 1;
        bands = Band.split(settings, shape, threads, !overlaps);
        int argument = direction == Direction.BACKWARD_WEIGHTS ? dnnl.DNNL_ARG_DIFF_WEIGHTS : dnnl.DNNL_ARG_WEIGHTS;
        Layout chosen = ConvolutionPrimitives.anyWeights(settings);
        for (Band band : bands) {
            Primitive primitive = create(direction, band, chosen);
            if (primitives.isEmpty()) {
                chosen.close();
                chosen = primitive.layout(argument).copy();
            }
            primitives.add(primitive);
        }
        weights = chosen;
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings)) {
            reorder = direction == Direction.BACKWARD_WEIGHTS
                    ? Primitives.reorder(weights, stored)
                    : Primitives.reorder(stored, weights);
        }
    }

    private Primitive create(Direction direction, Band band, Layout weightLayout) {
        try (ConvolutionPrimitives factory = new ConvolutionPrimitives(settings, shape, band)) {
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
        return bands.size();
    }

    /** The layout of the weights (or of their gradients). */
    Layout weights() {
        return weights;
    }

    /** Between DL4J's layout of the weights and {@link #weights()}, in the direction the pass needs. */
    void reorder(long from, long to) {
        reorder.execute(from, to);
    }

    /** Forward, inference (with a bias) or input gradient of one share: reads and writes its part of both images. */
    void execute(int share, Direction direction, long input, long weightsAddress, long output, long bias) {
        long in = input + inputOffset(share);
        long out = output + outputOffset(share);
        switch (direction) {
            case FORWARD -> primitives.get(share).execute(in, weightsAddress, out);
            case INFER -> primitives.get(share).execute(in, weightsAddress, out, bias);
            case BACKWARD_DATA -> primitives.get(share).execute(out, weightsAddress, in);
            case BACKWARD_WEIGHTS -> primitives.get(share).execute(in, out, weightsAddress);
        }
    }

    private long inputOffset(int share) {
        Band band = bands.get(share);
        long row = (long) shape.width() * settings.inChannels() * FLOAT_BYTES;
        return ((long) band.firstImage() * shape.height() + band.firstInputRow()) * row;
    }

    private long outputOffset(int share) {
        Band band = bands.get(share);
        int height = Padding.outputSize(shape.height(), settings.stride());
        int width = Padding.outputSize(shape.width(), settings.stride());
        long row = (long) width * settings.outChannels() * FLOAT_BYTES;
        return ((long) band.firstImage() * height + band.firstOutputRow()) * row;
    }

    @Override
    public void close() {
        primitives.forEach(Primitive::close);
        reorder.close();
        weights.close();
    }
}
