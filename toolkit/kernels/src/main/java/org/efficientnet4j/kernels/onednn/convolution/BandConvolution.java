package org.efficientnet4j.kernels.onednn.convolution;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.StridedPixels.Way;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;

/** One direction of a convolution for one band by oneDNN. */
public final class BandConvolution implements BandKernel {
    private final Direction direction;
    private final Primitive primitive;
    private final Optional<StridedPixels> pixels;

    private BandConvolution(Direction direction, Primitive primitive, Optional<StridedPixels> pixels) {
        this.direction = direction;
        this.primitive = primitive;
        this.pixels = pixels;
    }

    /** The convolution with weights in this layout, or in one of oneDNN's choice. */
    public static BandConvolution of(
            Direction direction, ConvolutionSettings settings, ImageShape shape, Band band, Layout weights) {
        Way way = direction == Direction.BACKWARD_DATA ? Way.SCATTER : Way.GATHER;
        return new BandConvolution(
                direction,
                primitive(direction, settings, shape, band, weights),
                StridedPixels.of(settings, shape, band, way));
    }

    /**
     * Inference with weights in a layout of oneDNN's choice.
     *
     * @throws IllegalArgumentException for a depthwise convolution's sum: oneDNN 2.5.2's SSE4.1 kernel, which serves AVX
     *     too, adds pixels at addresses that its instruction can't read and ends the process, where the channels are not a
     *     multiple of 4
     */
    public static BandConvolution inference(
            ConvolutionSettings settings, ImageShape shape, Band band, PostOperations post) {
        if (settings.depthwise() && post.sum()) {
            throw new IllegalArgumentException("A depthwise convolution must be written, found one to be added");
        }
        try (ConvolutionPrimitives factory = new ConvolutionPrimitives(settings, shape, band);
                Layout any = ConvolutionPrimitives.anyWeights(settings)) {
            return new BandConvolution(
                    Direction.INFER, factory.infer(any, post), StridedPixels.of(settings, shape, band, Way.GATHER));
        }
    }

    /** The matrix product that a pointwise convolution with stride 1 is. */
    static BandConvolution ofProduct(Direction direction, Primitive product) {
        return new BandConvolution(direction, product, Optional.empty());
    }

    private static Primitive primitive(
            Direction direction, ConvolutionSettings settings, ImageShape shape, Band band, Layout weights) {
        try (ConvolutionPrimitives factory = new ConvolutionPrimitives(settings, shape, band)) {
            if (direction == Direction.INFER) {
                return factory.infer(weights);
            } else if (direction == Direction.FORWARD) {
                return factory.forward(weights);
            }
            try (Layout any = ConvolutionPrimitives.anyWeights(settings);
                    Primitive hint = factory.forward(any)) {
                return direction == Direction.BACKWARD_DATA
                        ? factory.backwardData(hint, weights)
                        : factory.backwardWeights(hint, weights);
            }
        }
    }

    /** The layout of the weights or, where it computes it, of their gradient; valid while this is open. */
    public Layout weights() {
        return primitive.layout(
                direction == Direction.BACKWARD_WEIGHTS ? dnnl.DNNL_ARG_DIFF_WEIGHTS : dnnl.DNNL_ARG_WEIGHTS);
    }

    @Override
    public void execute(long input, long weights, long output) {
        switch (direction) {
            case FORWARD -> primitive.execute(gathered(input), weights, output);
            case BACKWARD_DATA -> writeInputGradient(output, weights, input);
            case BACKWARD_WEIGHTS -> primitive.execute(gathered(input), output, weights);
            case INFER -> throw new IllegalStateException("Inference needs a bias");
        }
    }

    @Override
    public void infer(long input, long weights, long output, long bias) {
        primitive.execute(gathered(input), weights, output, bias);
    }

    private long gathered(long input) {
        return pixels.isPresent() ? pixels.get().gather(input) : input;
    }

    private void writeInputGradient(long outputGradient, long weights, long inputGradient) {
        if (pixels.isEmpty()) {
            primitive.execute(outputGradient, weights, inputGradient);
            return;
        }
        long dense = pixels.get().dense();
        primitive.execute(outputGradient, weights, dense);
        pixels.get().scatter(dense, inputGradient);
    }

    @Override
    public void close() {
        primitive.close();
        pixels.ifPresent(StridedPixels::close);
    }
}
