package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN's matrix products between a provider's pixel loops; keeps what is between them, as one array. */
final class OneDnnSqueezeExcite implements SqueezeExciteKernel {
    private static final int SHAPES = 8;

    private final SqueezeExciteSettings settings;
    private final boolean keepsExcited;
    private final int channels;
    private final int width;
    private final Workers workers;
    private final PixelLoops loops;
    private final PrimitiveCache<Integer, SqueezeExcitePasses> byImages = new PrimitiveCache<>(SHAPES);
    private INDArray kept;

    OneDnnSqueezeExcite(SqueezeExciteSettings settings, FusedLoops loops) {
        this.settings = settings;
        this.keepsExcited = SqueezeExciteProducts.keepsExcited(settings);
        this.channels = settings.channels();
        this.width = settings.reducedChannels();
        this.workers = loops.workers();
        this.loops = loops.pixels();
    }

    /**
     * The addresses of what is kept: squeezed, the sums before the gate's activation and the gate [N, C], reduced before
     * and after its activation [N, R]. Sums that are not kept lie where the gate does.
     */
    private record Kept(long squeezed, long excited, long gate, long reduced, long activated) {}

    private Kept kept(int images) {
        long squeezed = Addresses.of(kept);
        long gate = squeezed + 4L * images * channels;
        long excited = keepsExcited ? gate + 4L * images * channels : gate;
        long reduced = excited + 4L * images * channels;
        return new Kept(squeezed, excited, gate, reduced, reduced + 4L * images * width);
    }

    /** Offsets of an image in arrays with one number for each channel, each reduced channel and each pixel. */
    private record Place(long channels, long width, long pixels) {}

    private Place place(int image, int pixels) {
        return new Place(4L * image * channels, 4L * image * width, 4L * image * pixels * channels);
    }

    /** The loops of one share: where there are several, each thread is busy with its own. */
    private PixelLoops loops(SqueezeExcitePasses passes) {
        return passes.shares() > 1 ? loops.byCaller() : loops;
    }

    @Override
    public INDArray forward(
            INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
        int images = (int) input.size(0);
        int pixels = (int) (input.size(1) * input.size(2));
        kept = arrays.kept(images * ((keepsExcited ? 3L : 2L) * channels + 2L * width));
        INDArray result = arrays.activations(input.shape());
        SqueezeExcitePasses passes = passes(images);
        PixelLoops own = loops(passes);
        long x = Addresses.of(input);
        long y = Addresses.of(result);
        Kept to = kept(images);
        workers.run(passes.shares(), share -> {
            int count = passes.images(share);
            Place at = place(passes.firstImage(share), pixels);
            own.mean(x + at.pixels, to.squeezed + at.channels, count, pixels, channels);
            passes.share(share)
                    .excite(
                            parameters,
                            to.squeezed + at.channels,
                            to.reduced + at.width,
                            to.activated + at.width,
                            to.excited + at.channels,
                            to.gate + at.channels);
            own.scale(x + at.pixels, to.gate + at.channels, y + at.pixels, count, pixels, channels);
        });
        if (!training) {
            clear();
        }
        return result;
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            SqueezeExciteParameters parameters,
            SqueezeExciteParameters gradients,
            ArrayAllocator arrays) {
        int images = (int) input.size(0);
        int pixels = (int) (input.size(1) * input.size(2));
        INDArray result = arrays.gradient(input.shape());
        long vectors = ThreadScratch.address(Purpose.VECTORS, 4L * images * (2 * channels + width));
        long beforeSigmoid = vectors;
        long squeezedGradient = beforeSigmoid + 4L * images * channels;
        long reducedGradient = squeezedGradient + 4L * images * channels;
        SqueezeExcitePasses passes = passes(images);
        PixelLoops own = loops(passes);
        long x = Addresses.of(input);
        long dy = Addresses.of(epsilon);
        long dx = Addresses.of(result);
        Kept from = kept(images);
        workers.run(passes.shares(), share -> {
            int count = passes.images(share);
            Place at = place(passes.firstImage(share), pixels);
            long gateGradient = beforeSigmoid + at.channels;
            own.dot(x + at.pixels, dy + at.pixels, gateGradient, dx + at.pixels, count, pixels, channels);
            if (keepsExcited) {
                passes.share(share).throughGate(from.excited + at.channels, gateGradient);
            } else {
                own.throughSigmoid(from.gate + at.channels, gateGradient, count * channels);
            }
            passes.share(share)
                    .back(
                            parameters,
                            gateGradient,
                            from.reduced + at.width,
                            reducedGradient + at.width,
                            squeezedGradient + at.channels);
            own.scaleAndShift(
                    dy + at.pixels,
                    from.gate + at.channels,
                    squeezedGradient + at.channels,
                    1f / pixels,
                    dx + at.pixels,
                    count,
                    pixels,
                    channels);
        });
        passes.writeGradients(workers, from.squeezed, from.activated, beforeSigmoid, reducedGradient, gradients);
        return result;
    }

    private SqueezeExcitePasses passes(int images) {
        workers.prepare();
        return byImages.get(images, n -> new SqueezeExcitePasses(n, settings, workers.count()));
    }

    @Override
    public void clear() {
        kept = null;
    }

    @Override
    public void close() {
        clear();
        byImages.close();
        loops.close();
    }
}
