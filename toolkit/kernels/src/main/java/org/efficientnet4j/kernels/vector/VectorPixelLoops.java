package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;
import org.efficientnet4j.plan.Activation;

/** Pixel loops by tiles. */
final class VectorPixelLoops implements PixelLoops {
    private final boolean byCaller;

    /** @param byCaller whether the calling thread works alone */
    VectorPixelLoops(boolean byCaller) {
        this.byCaller = byCaller;
    }

    @Override
    public PixelLoops byCaller() {
        return new VectorPixelLoops(true);
    }

    private TileLoop loop(int images, long rows, int channels) {
        return byCaller ? TileLoop.byCaller(images, rows, channels) : new TileLoop(images, rows, channels);
    }

    @Override
    public void mean(long x, long result, int images, int pixels, int channels) {
        TileLoop loop = loop(images, pixels, channels);
        ChannelSums sums = new ChannelSums(images * loop.slots(), channels);
        loop.run(List.of(Operand.in(x)), (image, slot, windows, tiles, valid) -> {
            float[] sum = new float[loop.tile()];
            long t = 0;
            for (; t + 3 < tiles; t += 4) {
                PixelRows.add4(windows[0], t * loop.tile() * 4, sum);
            }
            for (; t < tiles; t++) {
                PixelRows.add(windows[0], t * loop.tile() * 4, sum);
            }
            sums.add(image * loop.slots() + slot, sum, valid);
        });
        sums.writeBlocks(images, 1.0 / pixels, result);
    }

    @Override
    public void dot(long x, long y, long result, long work, int images, int pixels, int channels) {
        TileLoop loop = loop(images, pixels, channels);
        ChannelSums sums = new ChannelSums(images * loop.slots(), channels);
        loop.run(List.of(Operand.in(x), Operand.in(y)), (image, slot, windows, tiles, valid) -> {
            float[] sum = new float[loop.tile()];
            long t = 0;
            for (; t + 1 < tiles; t += 2) {
                PixelRows.addProduct2(windows[0], windows[1], t * loop.tile() * 4, sum);
            }
            for (; t < tiles; t++) {
                PixelRows.addProduct(windows[0], windows[1], t * loop.tile() * 4, sum);
            }
            sums.add(image * loop.slots() + slot, sum, valid);
        });
        sums.writeBlocks(images, 1, result);
    }

    @Override
    public void scale(long x, long factor, long result, int images, int pixels, int channels) {
        TileLoop loop = loop(images, pixels, channels);
        float[] factors = values(factor, images * channels);
        loop.run(List.of(Operand.in(x), Operand.out(result)), (image, slot, windows, tiles, valid) -> {
            float[] scale = loop.repeated(factors, image * channels);
            for (long t = 0; t < tiles; t++) {
                PixelRows.scale(windows[0], windows[1], t * loop.tile() * 4, scale);
            }
        });
    }

    @Override
    public void scaleAndShift(
            long x, long factor, long summand, float share, long result, int images, int pixels, int channels) {
        TileLoop loop = loop(images, pixels, channels);
        float[] factors = values(factor, images * channels);
        float[] summands = shares(summand, share, images * channels);
        loop.run(List.of(Operand.in(x), Operand.out(result)), (image, slot, windows, tiles, valid) -> {
            float[] scale = loop.repeated(factors, image * channels);
            float[] shift = loop.repeated(summands, image * channels);
            for (long t = 0; t < tiles; t++) {
                PixelRows.affine(windows[0], windows[1], t * loop.tile() * 4, scale, shift);
            }
        });
    }

    @Override
    public void throughSigmoid(long gate, long gradient, int floats) {
        int rest = floats % Lanes.COUNT;
        long whole = 4L * (floats - rest);
        PixelRows.throughSigmoid(new FloatWindow(gate, whole), new FloatWindow(gradient, whole), whole);
        float[] gates = values(gate + whole, rest);
        float[] gradients = values(gradient + whole, rest);
        for (int i = 0; i < rest; i++) {
            gradients[i] *= gates[i] * (1 - gates[i]);
        }
        Addresses.floats(gradient + whole, rest).put(gradients);
    }

    @Override
    public void spread(long values, float share, long result, int images, int pixels, int channels) {
        TileLoop loop = loop(images, pixels, channels);
        float[] shares = shares(values, share, images * channels);
        loop.run(List.of(Operand.out(result)), (image, slot, windows, tiles, valid) -> {
            float[] pixel = loop.repeated(shares, image * channels);
            for (long t = 0; t < tiles; t++) {
                PixelRows.fill(windows[0], t * loop.tile() * 4, pixel);
            }
        });
    }

    @Override
    public void addScaled(
            long x, float[] factors, long shortcut, Activation activation, long result, int images, long floats) {
        TileLoop loop = loop(images, floats, 1);
        ActivationLoop rows = ActivationLoop.of(activation);
        loop.run(
                List.of(Operand.in(x), Operand.in(shortcut), Operand.out(result)),
                (image, slot, windows, tiles, valid) -> {
                    for (long t = 0; t < tiles; t++) {
                        long at = t * loop.tile() * 4;
                        PixelRows.addScaled(windows[0], windows[1], windows[2], at, loop.tile(), factors[image]);
                        rows.apply(windows[2], at, at + 4L * loop.tile());
                    }
                });
    }

    @Override
    public void throughSum(
            long x,
            float[] factors,
            long shortcut,
            Activation activation,
            long epsilon,
            long copy,
            long result,
            int images,
            long floats) {
        TileLoop loop = loop(images, floats, 1);
        ActivationLoop rows = ActivationLoop.of(activation);
        List<Operand> operands = List.of(
                Operand.in(x), Operand.in(shortcut), Operand.in(epsilon), Operand.out(copy), Operand.out(result));
        loop.run(operands, (image, slot, w, tiles, valid) -> {
            float factor = factors[image];
            for (long t = 0; t < tiles; t++) {
                long at = t * loop.tile() * 4;
                PixelRows.addScaled(w[0], w[1], w[3], at, loop.tile(), factor);
                rows.gradient(w[3], w[2], w[3], at, at + 4L * loop.tile());
                PixelRows.copyAndScale(w[3], w[3], w[4], at, loop.tile(), factor);
            }
        });
    }

    @Override
    public void throughPlainSum(
            long x,
            long shortcut,
            long sum,
            Activation activation,
            long epsilon,
            long result,
            int images,
            long floats) {
        TileLoop loop = loop(images, floats, 1);
        if (activation == Activation.NONE) {
            loop.run(
                    List.of(Operand.in(epsilon), Operand.out(result)),
                    (image, slot, w, tiles, valid) -> PixelRows.copy(w[0], w[1], tiles * loop.tile() * 4));
            return;
        }
        ActivationLoop rows = ActivationLoop.of(activation);
        if (activation == Activation.RELU || activation == Activation.RELU6) {
            // Their results tell the slope.
            loop.run(
                    List.of(Operand.in(sum), Operand.in(epsilon), Operand.out(result)),
                    (image, slot, w, tiles, valid) -> rows.gradient(w[0], w[1], w[2], 0, tiles * loop.tile() * 4));
            return;
        }
        List<Operand> operands = List.of(Operand.in(x), Operand.in(shortcut), Operand.in(epsilon), Operand.out(result));
        loop.run(operands, (image, slot, w, tiles, valid) -> {
            for (long t = 0; t < tiles; t++) {
                long at = t * loop.tile() * 4;
                PixelRows.addScaled(w[0], w[1], w[3], at, loop.tile(), 1);
                rows.gradient(w[3], w[2], w[3], at, at + 4L * loop.tile());
            }
        });
    }

    @Override
    public void copyAndScale(long x, float[] factors, long copy, long result, int images, long floats) {
        TileLoop loop = loop(images, floats, 1);
        List<Operand> operands = List.of(Operand.in(x), Operand.out(copy), Operand.out(result));
        loop.run(operands, (image, slot, windows, tiles, valid) -> {
            for (long t = 0; t < tiles; t++) {
                long at = t * loop.tile() * 4;
                PixelRows.copyAndScale(windows[0], windows[1], windows[2], at, loop.tile(), factors[image]);
            }
        });
    }

    private static float[] shares(long address, float share, int count) {
        float[] result = values(address, count);
        for (int i = 0; i < count; i++) {
            result[i] *= share;
        }
        return result;
    }

    private static float[] values(long address, int count) {
        float[] result = new float[count];
        Addresses.floats(address, count).get(result);
        return result;
    }
}
