package org.efficientnet4j.kernels.onednn.inference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.convolution.BandConvolution;
import org.efficientnet4j.kernels.onednn.convolution.BandKernel;
import org.efficientnet4j.kernels.onednn.convolution.FastAlgorithm;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.winograd.Winograd;
import org.efficientnet4j.plan.Activation;

/**
 * One thread's way to run a folded convolution on images of one size, some rows at a time: a primitive for each height
 * and padding of a band.
 */
public final class RowConvolution implements AutoCloseable {
    private static final long FLOAT_BYTES = 4;

    private final FoldedConvolution convolution;
    private final ImageShape input;
    private final PostOperations post;
    private final Optional<FastAlgorithm> fast;
    private final Map<Shape, Compiled> compiled = new HashMap<>();

    /** A convolution of images of this size, with its activation unless that is left to the caller. */
    RowConvolution(FoldedConvolution convolution, ImageShape input, InferenceLoops loops) {
        this(
                convolution,
                input,
                loops,
                PostOperations.of(
                        leavesActivation(convolution.settings())
                                ? Activation.NONE
                                : convolution.settings().activation()));
    }

    /** A convolution of images of this size. */
    RowConvolution(FoldedConvolution convolution, ImageShape input, InferenceLoops loops, PostOperations post) {
        this.convolution = convolution;
        this.input = input;
        this.post = post;
        this.fast = Winograd.forInference(convolution.settings(), input, Optional.of(loops.winograd()));
    }

    /** Key of a primitive. */
    private record Shape(int inputRows, int padTop, int padBottom, int outputRows) {}

    private record Compiled(BandKernel convolution, long weights) {}

    ConvolutionSettings settings() {
        return convolution.settings();
    }

    ImageShape input() {
        return input;
    }

    ImageShape output() {
        return new ImageShape(
                input.images(),
                settings().outputSize(input.height()),
                settings().outputSize(input.width()));
    }

    /** Bytes of a row of one image. */
    long inputRowBytes() {
        return FLOAT_BYTES * input.width() * settings().inChannels();
    }

    /** Bytes of a row of one image. */
    long outputRowBytes() {
        return FLOAT_BYTES * output().width() * settings().outChannels();
    }

    /** A band of the output's rows, at least one, of all images; compiled when this returns. */
    Band band(int firstRow, int endRow) {
        Band band = Band.rows(settings(), input, 0, input.images(), firstRow, endRow);
        compiled.computeIfAbsent(shape(band), shape -> compile(band));
        return band;
    }

    /** Computes a band. The addresses are those of its own first rows in and out. */
    void run(Band band, long from, long to) {
        run(band, from, to, compiled.get(shape(band)).weights());
    }

    /** Computes a band with other weights in the same layout. */
    void run(Band band, long from, long to, long weights) {
        compiled.get(shape(band)).convolution().infer(from, weights, to, convolution.bias());
    }

    /** A band's folded weights. */
    long weights(Band band) {
        return compiled.get(shape(band)).weights();
    }

    /** The layout of a band's weights of a pointwise convolution, valid while this is open. */
    Layout weightLayout(Band band) {
        if (compiled.get(shape(band)).convolution() instanceof BandConvolution direct) {
            return direct.weights();
        }
        throw new IllegalStateException("A fast algorithm's weights have no layout");
    }

    /** The rows of the output that are computed together: bands are best multiples of it. */
    int rowsTogether() {
        return fast.map(FastAlgorithm::rows).orElse(1);
    }

    private Compiled compile(Band band) {
        if (fast.isPresent()) {
            return new Compiled(fast.get().inference(input, band, post), convolution.weights(fast.get()));
        }
        BandConvolution made = BandConvolution.inference(settings(), input, band, post);
        return new Compiled(made, convolution.weights(made.weights()));
    }

    /** True of swish, which is left to the caller, whose loops are faster than oneDNN's. */
    static boolean leavesActivation(ConvolutionSettings settings) {
        return settings.activation() == Activation.SWISH;
    }

    private static Shape shape(Band band) {
        return new Shape(band.inputRows(), band.padTop(), band.padBottom(), band.outputRows());
    }

    @Override
    public void close() {
        compiled.values().forEach(each -> each.convolution().close());
        compiled.clear();
    }
}
