package org.efficientnet4j.kernels.onednn;

import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN's matrix products between a provider's pixel loops; keeps squeezed, reduced, activated and gate. */
final class OneDnnSqueezeExcite implements SqueezeExciteKernel {
    private static final int PLANS = 8;

    private final int channels;
    private final int width;
    private final Workers workers;
    private final PixelLoops loops;
    private final Plans<Integer, SqueezeExcitePlan> plans = new Plans<>(PLANS);
    private INDArray squeezed;
    private INDArray reduced;
    private INDArray activated;
    private INDArray gate;

    OneDnnSqueezeExcite(int channels, int width, FusedLoops loops) {
        this.channels = channels;
        this.width = width;
        this.workers = loops.workers();
        this.loops = loops.pixels();
    }

    /** Where an image's numbers begin in arrays of a number for each channel, each reduced channel and each pixel. */
    private record Place(long channels, long width, long pixels) {}

    private Place place(int image, int pixels) {
        return new Place(4L * image * channels, 4L * image * width, 4L * image * pixels * channels);
    }

    /** The loops of one share: where there are several, each thread is busy with its own. */
    private PixelLoops loops(SqueezeExcitePlan plan) {
        return plan.shares() > 1 ? loops.byCaller() : loops;
    }

    @Override
    public INDArray forward(
            INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
        int images = (int) input.size(0);
        int pixels = (int) (input.size(1) * input.size(2));
        squeezed = arrays.kept(images, channels);
        reduced = arrays.kept(images, width);
        activated = arrays.kept(images, width);
        gate = arrays.kept(images, channels);
        INDArray result = arrays.activations(input.shape());
        SqueezeExcitePlan plan = plan(images);
        PixelLoops own = loops(plan);
        long x = Addresses.of(input);
        long y = Addresses.of(result);
        long means = Addresses.of(squeezed);
        long beforeSwish = Addresses.of(reduced);
        long afterSwish = Addresses.of(activated);
        long gates = Addresses.of(gate);
        workers.run(plan.shares(), share -> {
            int count = plan.images(share);
            Place at = place(plan.firstImage(share), pixels);
            own.mean(x + at.pixels, means + at.channels, count, pixels, channels);
            plan.share(share)
                    .excite(
                            parameters,
                            means + at.channels,
                            beforeSwish + at.width,
                            afterSwish + at.width,
                            gates + at.channels);
            own.scale(x + at.pixels, gates + at.channels, y + at.pixels, count, pixels, channels);
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
        SqueezeExcitePlan plan = plan(images);
        PixelLoops own = loops(plan);
        long x = Addresses.of(input);
        long dy = Addresses.of(epsilon);
        long dx = Addresses.of(result);
        long beforeSwish = Addresses.of(reduced);
        long gates = Addresses.of(gate);
        workers.run(plan.shares(), share -> {
            int count = plan.images(share);
            Place at = place(plan.firstImage(share), pixels);
            long gateGradient = beforeSigmoid + at.channels;
            own.dot(x + at.pixels, dy + at.pixels, gateGradient, dx + at.pixels, count, pixels, channels);
            own.throughSigmoid(gates + at.channels, gateGradient, count * channels);
            plan.share(share)
                    .back(
                            parameters,
                            gateGradient,
                            beforeSwish + at.width,
                            reducedGradient + at.width,
                            squeezedGradient + at.channels);
            own.scaleAndShift(
                    dy + at.pixels,
                    gates + at.channels,
                    squeezedGradient + at.channels,
                    1f / pixels,
                    dx + at.pixels,
                    count,
                    pixels,
                    channels);
        });
        sum(plan, gradients, beforeSigmoid, reducedGradient);
        return result;
    }

    private void sum(
            SqueezeExcitePlan plan, SqueezeExciteParameters gradients, long beforeSigmoid, long reducedGradient) {
        long means = Addresses.of(squeezed);
        long afterSwish = Addresses.of(activated);
        List<SqueezeExciteGradients> parts = plan.gradients();
        workers.run(parts.size(), index -> {
            SqueezeExciteGradients part = parts.get(index);
            part.expand(
                    beforeSigmoid,
                    afterSwish,
                    Addresses.of(gradients.expandWeights()),
                    Addresses.of(gradients.expandBias()));
            part.reduce(reducedGradient, means, Addresses.of(gradients.reduceWeights()));
            if (index == 0) {
                part.reduceBias(reducedGradient, Addresses.of(gradients.reduceBias()));
            }
        });
    }

    private SqueezeExcitePlan plan(int images) {
        workers.prepare();
        return plans.get(images, n -> new SqueezeExcitePlan(n, channels, width, workers.count()));
    }

    @Override
    public void clear() {
        squeezed = null;
        reduced = null;
        activated = null;
        gate = null;
    }

    @Override
    public void close() {
        clear();
        plans.close();
        loops.close();
    }
}
