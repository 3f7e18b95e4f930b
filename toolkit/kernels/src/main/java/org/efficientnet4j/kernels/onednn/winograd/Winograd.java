package org.efficientnet4j.kernels.onednn.winograd;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.convolution.BandKernel;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.FastAlgorithm;
import org.efficientnet4j.kernels.onednn.convolution.PassWeights;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;

/** Winograd's convolution for one batch shape. */
public final class Winograd implements FastAlgorithm {
    private static final int KERNEL = 3;

    /** Cost of transforming an input's or output's value at a point, in the time of products. */
    private static final double PRODUCTS_PER_VALUE = 25;

    /** Cost of transforming a weight to a point and reading it, in the time of products. */
    private static final double PRODUCTS_PER_NEW_WEIGHT = 65;

    /** Cost of reading a weight that is kept at its point, in the time of products. */
    private static final double PRODUCTS_PER_KEPT_WEIGHT = 26;

    /** The gain that is worth the larger rounding errors. */
    private static final double LEAST_GAIN = 1.1;

    private final ConvolutionSettings settings;
    private final WinogradLoops loops;

    /**
     * Winograd's convolution.
     *
     * @param settings kernel 3, stride 1, no groups, channels that are multiples of the loops' lanes
     */
    public Winograd(ConvolutionSettings settings, WinogradLoops loops) {
        this.settings = settings;
        this.loops = loops;
    }

    /** Winograd's convolution for training a batch, where it computes this one, and faster. */
    public static Optional<FastAlgorithm> forTraining(
            ConvolutionSettings settings, ImageShape batch, Optional<WinogradLoops> loops) {
        return loops.filter(each -> computes(settings, each) && isFaster(settings, batch, PRODUCTS_PER_NEW_WEIGHT))
                .map(each -> new Winograd(settings, each));
    }

    /** Winograd's convolution for inference of images whose weights are kept, where it computes this one, and faster. */
    public static Optional<FastAlgorithm> forInference(
            ConvolutionSettings settings, ImageShape images, Optional<WinogradLoops> loops) {
        return loops.filter(each -> computes(settings, each) && isFaster(settings, images, PRODUCTS_PER_KEPT_WEIGHT))
                .map(each -> new Winograd(settings, each));
    }

    private static boolean computes(ConvolutionSettings settings, WinogradLoops loops) {
        return settings.kernel() == KERNEL
                && settings.stride() == 1
                && settings.groups() == 1
                && settings.inChannels() % loops.lanes() == 0
                && settings.outChannels() % loops.lanes() == 0;
    }

    /**
     * Compares the products of the definition with those at the points and the work of the transforms, as measured on
     * processors with AVX-512: larger images and fewer weights are in favour.
     */
    private static boolean isFaster(ConvolutionSettings settings, ImageShape batch, double productsPerWeight) {
        int height = settings.outputSize(batch.height());
        int width = settings.outputSize(batch.width());
        double definition = (double) KERNEL * KERNEL * batch.images() * height * width;
        double channels = 1.0 / settings.inChannels() + 1.0 / settings.outChannels();
        double points = (double) WinogradTiles.POINTS * WinogradTiles.POINTS;
        double tiles = (double) batch.images() * WinogradTiles.across(height) * WinogradTiles.across(width);
        double transformed = points * (tiles * (1 + PRODUCTS_PER_VALUE * channels) + productsPerWeight);
        return definition > LEAST_GAIN * transformed;
    }

    @Override
    public BandKernel band(Direction direction, ImageShape shape, Band band) {
        return new WinogradBand(direction, settings, shape, band, PostOperations.of(settings.activation()), loops);
    }

    @Override
    public BandKernel inference(ImageShape shape, Band band, PostOperations post) {
        return new WinogradBand(Direction.INFER, settings, shape, band, post, loops);
    }

    @Override
    public int rows() {
        return WinogradTiles.OUTPUTS;
    }

    @Override
    public PassWeights weights(Direction direction, int threads) {
        WinogradWeights.Use use =
                switch (direction) {
                    case FORWARD, INFER -> WinogradWeights.Use.FORWARD;
                    case BACKWARD_DATA -> WinogradWeights.Use.BACKWARD;
                    case BACKWARD_WEIGHTS -> WinogradWeights.Use.GRADIENT;
                };
        return new WinogradWeights(settings, loops, use, threads);
    }
}
