package org.efficientnet4j.kernels.onednn.winograd;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPrimitives;
import org.efficientnet4j.kernels.onednn.convolution.PassWeights;
import org.efficientnet4j.kernels.onednn.convolution.WeightReorder;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Operands;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Transform;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * Weights at the 36 points, {@code [36, inputs, outputs]} of the direction's matrix products, from DL4J's layout; or, of
 * their gradient, the way back.
 */
final class WinogradWeights implements PassWeights {
    private static final int KERNEL = 3;
    private static final int POINTS = WinogradTiles.POINTS;

    /** Floats that are taken through both transforms at a time, which stay in a second-level cache. */
    private static final int BLOCK = 2048;

    private final WinogradLoops loops;
    private final Use use;
    private final WeightReorder reorder;
    private final int floats;

    /** Pass that multiplies by the weights. */
    enum Use {
        /** The output, from the input. */
        FORWARD,
        /** The input's gradient, from the output's: flipped, their channels exchanged. */
        BACKWARD,
        /** The weights' gradient, to be brought to DL4J's layout. */
        GRADIENT
    }

    WinogradWeights(ConvolutionSettings settings, WinogradLoops loops, Use use, int threads) {
        this.loops = loops;
        this.use = use;
        this.floats = settings.inChannels() * settings.outChannels();
        long outputs = settings.outChannels();
        long inputs = settings.inChannels();
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings);
                Layout taps = use == Use.BACKWARD
                        ? Layout.tapsByOutput(outputs, inputs, KERNEL)
                        : Layout.tapsByInput(outputs, inputs, KERNEL)) {
            reorder = use == Use.GRADIENT
                    ? new WeightReorder(taps, stored, threads)
                    : new WeightReorder(stored, taps, threads);
        }
    }

    /** Bytes from the matrix of a point to that of the next. */
    private long pointBytes() {
        return WinogradTiles.pointBytes(1, floats);
    }

    @Override
    public long bytes() {
        return POINTS * POINTS * pointBytes();
    }

    @Override
    public void arrange(Workers workers, long from, long to) {
        long taps = ThreadScratch.address(Purpose.TAPS, 4L * KERNEL * KERNEL * floats);
        if (use == Use.GRADIENT) {
            inBlocks(workers, block -> toTaps(from, taps, block));
            reorder.run(workers, taps, to);
        } else {
            reorder.run(workers, from, taps);
            inBlocks(workers, block -> toPoints(taps, to, block));
        }
    }

    @FunctionalInterface
    private interface Body {
        void run(int first);
    }

    private void inBlocks(Workers workers, Body body) {
        workers.run((floats + BLOCK - 1) / BLOCK, block -> body.run(block * BLOCK));
    }

    private void toPoints(long taps, long points, int first) {
        Transform transform = use == Use.BACKWARD ? Transform.FLIPPED_WEIGHTS : Transform.WEIGHTS;
        int count = Math.min(BLOCK, floats - first);
        long tap = 4L * floats;
        long point = pointBytes();
        long block = 4L * count;
        long half = ThreadScratch.address(Purpose.HALF_POINTS, POINTS * KERNEL * block);
        loops.run(
                transform,
                new Operands(taps + 4L * first, KERNEL * tap, tap),
                new Operands(half, KERNEL * block, block),
                count,
                KERNEL);
        loops.run(
                transform,
                new Operands(half, block, KERNEL * block),
                new Operands(points + 4L * first, point, POINTS * point),
                count,
                POINTS);
    }

    private void toTaps(long points, long taps, int first) {
        int count = Math.min(BLOCK, floats - first);
        long tap = 4L * floats;
        long point = pointBytes();
        long block = 4L * count;
        long half = ThreadScratch.address(Purpose.HALF_POINTS, POINTS * KERNEL * block);
        loops.run(
                Transform.WEIGHT_GRADIENT,
                new Operands(points + 4L * first, point, POINTS * point),
                new Operands(half, block, KERNEL * block),
                count,
                POINTS);
        loops.run(
                Transform.WEIGHT_GRADIENT,
                new Operands(half, KERNEL * block, block),
                new Operands(taps + 4L * first, KERNEL * tap, tap),
                count,
                KERNEL);
    }

    @Override
    public void close() {
        reorder.close();
    }
}
