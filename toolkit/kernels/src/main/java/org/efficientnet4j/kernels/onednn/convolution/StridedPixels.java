package org.efficientnet4j.kernels.onednn.convolution;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;

/**
 * The pixels that a pointwise convolution with a stride reads, copied between a band of its input and dense images in the
 * thread's scratch memory. On those images it is a convolution with stride 1, the only kind of pointwise convolution that
 * {@link ConvolutionPrimitives} makes: oneDNN's own with a stride (2.5.2 and 3.13 on AVX2) reads and writes past its
 * arrays where the input has fewer than 8 channels.
 */
final class StridedPixels implements AutoCloseable {
    private static final long FLOAT_BYTES = 4;

    /** A copy of one image, as an image of the band may end before a whole stride, which oneDNN takes for an overlap. */
    private final Primitive copy;

    private final int images;
    private final long bandImageBytes;
    private final long denseImageBytes;

    private StridedPixels(Primitive copy, int images, long bandImageBytes, long denseImageBytes) {
        this.copy = copy;
        this.images = images;
        this.bandImageBytes = bandImageBytes;
        this.denseImageBytes = denseImageBytes;
    }

    /** The direction of the copy. */
    enum Way {
        /** From the band to the dense images. */
        GATHER,
        /** From the dense images to the band, whose other pixels are left alone. */
        SCATTER
    }

    /** A band's pixels; empty where the convolution reads all of them. */
    static Optional<StridedPixels> of(ConvolutionSettings settings, ImageShape shape, Band band, Way way) {
        if (!areReadBy(settings)) {
            return Optional.empty();
        }
        int stride = settings.stride();
        long channels = settings.inChannels();
        long row = shape.width() * channels;
        long[] sizes = {band.outputRows(), settings.outputSize(shape.width()), channels};
        try (Layout strided = Layout.byStrides(sizes, stride * row, stride * channels, 1);
                Layout dense = Layout.of(dnnl.dnnl_abc, sizes)) {
            Primitive copy =
                    way == Way.GATHER ? Primitives.reorder(strided, dense) : Primitives.reorder(dense, strided);
            return Optional.of(
                    new StridedPixels(copy, band.images(), FLOAT_BYTES * band.inputRows() * row, dense.bytes()));
        }
    }

    /** True of a pointwise convolution with a stride. */
    static boolean areReadBy(ConvolutionSettings settings) {
        return settings.kernel() == 1 && settings.stride() > 1;
    }

    /** Room for the dense images in the calling thread's scratch memory, with undefined content. */
    long dense() {
        return ThreadScratch.address(Purpose.PIXELS, images * denseImageBytes);
    }

    /** Copies the pixels of the band at this address to scratch memory, whose address is returned. */
    long gather(long band) {
        long dense = dense();
        for (int image = 0; image < images; image++) {
            copy.execute(band + image * bandImageBytes, dense + image * denseImageBytes);
        }
        return dense;
    }

    /** Copies dense images to the band. */
    void scatter(long dense, long band) {
        for (int image = 0; image < images; image++) {
            copy.execute(dense + image * denseImageBytes, band + image * bandImageBytes);
        }
    }

    @Override
    public void close() {
        copy.close();
    }
}
