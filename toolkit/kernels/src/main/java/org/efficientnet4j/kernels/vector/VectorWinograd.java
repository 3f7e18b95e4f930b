package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;

/** {@link WinogradLoops} by vectors. */
final class VectorWinograd implements WinogradLoops {
    @Override
    public int lanes() {
        return Lanes.COUNT;
    }

    @Override
    public void run(Transform transform, Operands from, Operands to, int floats, int count) {
        long bytes = 4L * floats;
        FloatWindow x = window(from, transform.operands(), bytes, count);
        FloatWindow y = window(to, transform.results(), bytes, count);
        for (int i = 0; i < count; i++) {
            long at = i * from.next();
            long into = i * to.next();
            switch (transform) {
                case INPUT -> WinogradRows.input(x, at, from.step(), y, into, to.step(), bytes);
                case OUTPUT -> WinogradRows.output(x, at, from.step(), y, into, to.step(), bytes);
                case OUTPUT_GRADIENT -> WinogradRows.outputGradient(x, at, from.step(), y, into, to.step(), bytes);
                case WEIGHTS -> WinogradRows.weights(x, at, from.step(), y, into, to.step(), bytes);
                case FLIPPED_WEIGHTS ->
                    WinogradRows.weights(x, at + 2 * from.step(), -from.step(), y, into, to.step(), bytes);
                case WEIGHT_GRADIENT -> WinogradRows.weightGradient(x, at, from.step(), y, into, to.step(), bytes);
            }
        }
    }

    @Override
    public void finish(long from, long to, long pixels, int channels, long bias, PostOperations post) {
        RowTiles tiles = new RowTiles(channels);
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        float[] shift = new float[channels];
        Addresses.floats(bias, channels).get(shift);
        float[] scales = tiles.repeated(ones);
        float[] shifts = tiles.repeated(shift);
        ActivationLoop loop = ActivationLoop.of(post.activation());
        List<Operand> operands = List.of(new Operand(from, true, post.sum()), new Operand(to, post.sum(), true));
        tiles.run(pixels, operands, (windows, count, valid) -> {
            long bytes = 4 * count * tiles.tile();
            if (post.sum()) {
                PixelRows.addTo(windows[0], windows[1], bytes);
            }
            loop.forward(windows[0], windows[1], 0, bytes, scales, shifts);
        });
    }

    private static FloatWindow window(Operands operands, int each, long bytes, int count) {
        return new FloatWindow(
                operands.address(), operands.step() * (each - 1) + operands.next() * (count - 1) + bytes);
    }
}
