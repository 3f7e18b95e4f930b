package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation.GatedGradient;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Squeeze-excite between the means and the gates, without the pixels; keeps both and what is between them. */
final class GateNetwork implements AutoCloseable {
    private static final int SHAPES = 8;

    private final int channels;
    private final int width;
    private final Workers workers;
    private final PixelLoops loops;
    private final PrimitiveCache<Integer, SqueezeExcitePasses> passes = new PrimitiveCache<>(SHAPES);
    private INDArray squeezed;
    private INDArray reduced;
    private INDArray activated;
    private INDArray gate;

    GateNetwork(int channels, int width, FusedLoops loops) {
        this.channels = channels;
        this.width = width;
        this.workers = loops.workers();
        this.loops = loops.pixels();
    }

    /**
     * Forward.
     *
     * @param means {@code [N, C]}, unchanged until {@link #backward}
     * @return the gates {@code [N, C]}
     */
    INDArray forward(INDArray means, SqueezeExciteParameters parameters, ArrayAllocator arrays) {
        int images = (int) means.size(0);
        squeezed = means;
        reduced = arrays.kept(images, width);
        activated = arrays.kept(images, width);
        gate = arrays.kept(images, channels);
        long from = Addresses.of(means);
        long beforeSwish = Addresses.of(reduced);
        long afterSwish = Addresses.of(activated);
        long to = Addresses.of(gate);
        SqueezeExcitePasses own = passes(images);
        workers.run(own.shares(), share -> {
            long c = 4L * channels * own.firstImage(share);
            long r = 4L * width * own.firstImage(share);
            own.share(share).excite(parameters, from + c, beforeSwish + r, afterSwish + r, to + c, to + c);
        });
        return gate;
    }

    /**
     * Backward; overwrites the parameters' gradients.
     *
     * @param pixels gives the gradient by the gates and takes the one by the means
     */
    void backward(GatedGradient pixels, SqueezeExciteParameters parameters, SqueezeExciteParameters gradients) {
        int images = (int) gate.size(0);
        long beforeSigmoid = ThreadScratch.address(Purpose.VECTORS, 4L * images * (2 * channels + width));
        long meansGradient = beforeSigmoid + 4L * images * channels;
        long reducedGradient = meansGradient + 4L * images * channels;
        long gates = Addresses.of(gate);
        long beforeSwish = Addresses.of(reduced);
        pixels.writeGateGradient(beforeSigmoid);
        SqueezeExcitePasses own = passes(images);
        PixelLoops ofShare = own.shares() > 1 ? loops.byCaller() : loops;
        workers.run(own.shares(), share -> {
            long c = 4L * channels * own.firstImage(share);
            long r = 4L * width * own.firstImage(share);
            ofShare.throughSigmoid(gates + c, beforeSigmoid + c, channels * own.images(share));
            own.share(share)
                    .back(parameters, beforeSigmoid + c, beforeSwish + r, reducedGradient + r, meansGradient + c);
        });
        own.writeGradients(
                workers, Addresses.of(squeezed), Addresses.of(activated), beforeSigmoid, reducedGradient, gradients);
        pixels.squeezed(meansGradient);
    }

    private SqueezeExcitePasses passes(int images) {
        workers.prepare();
        return passes.get(
                images, n -> new SqueezeExcitePasses(n, SqueezeExciteSettings.swish(channels, width), workers.count()));
    }

    /** Lets go of what {@link #forward} kept. */
    void clear() {
        squeezed = null;
        reduced = null;
        activated = null;
        gate = null;
    }

    @Override
    public void close() {
        clear();
        passes.close();
        loops.close();
    }
}
