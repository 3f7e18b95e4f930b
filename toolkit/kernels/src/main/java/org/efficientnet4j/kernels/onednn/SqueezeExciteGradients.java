package org.efficientnet4j.kernels.onednn;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;

/**
 * Squeeze-excite's gradients by its parameters over n images, for some of the c channels: expand weights' rows, reduce
 * weights' columns and expand bias. One thread's.
 */
final class SqueezeExciteGradients implements AutoCloseable {
    private final int n;
    private final int c;
    private final int r;
    private final int first;
    private final int count;
    private final Primitive expandGradient;
    private final Primitive reduceGradient;

    /** @param first of the channels; {@code count} of them */
    SqueezeExciteGradients(int n, int c, int r, int first, int count) {
        this.n = n;
        this.c = c;
        this.r = r;
        this.first = first;
        this.count = count;
        try (Layout gates = Layout.transposedColumns(n, count, c);
                Layout activated = Layout.matrix(n, r);
                Layout expandRows = Layout.matrix(count, r);
                Layout reduced = Layout.transposed(r, n);
                Layout squeezed = Layout.columns(n, count, c);
                Layout reduceColumns = Layout.columns(r, count, c)) {
            expandGradient = Primitives.product(gates, activated, expandRows);
            reduceGradient = Primitives.product(reduced, squeezed, reduceColumns);
        }
    }

    /** Arrays over all channels: before the sigmoid [n, c], activated [n, r]; weights' [c, r] and bias' [c] gradient. */
    void expand(long beforeSigmoid, long activated, long weights, long bias) {
        expandGradient.execute(beforeSigmoid + 4L * first, activated, weights + 4L * first * r);
        sumColumns(beforeSigmoid, c, first, count, bias);
    }

    /** Arrays over all channels: reduced gradient [n, r], squeezed [n, c]; weights' [r, c] gradient. */
    void reduce(long reducedGradient, long squeezed, long weights) {
        reduceGradient.execute(reducedGradient, squeezed + 4L * first, weights + 4L * first);
    }

    /** The bias' gradient [r] of the reduced gradient [n, r]: all of it, whatever the channels. */
    void reduceBias(long reducedGradient, long bias) {
        sumColumns(reducedGradient, r, 0, r, bias);
    }

    private void sumColumns(long matrix, int columns, int from, int wanted, long result) {
        double[] sums = new double[wanted];
        float[] row = new float[wanted];
        FloatBuffer values = Addresses.floats(matrix, n * columns);
        for (int image = 0; image < n; image++) {
            values.get(image * columns + from, row);
            for (int i = 0; i < wanted; i++) {
                sums[i] += row[i];
            }
        }
        for (int i = 0; i < wanted; i++) {
            row[i] = (float) sums[i];
        }
        Addresses.floats(result + 4L * from, wanted).put(row);
    }

    @Override
    public void close() {
        expandGradient.close();
        reduceGradient.close();
    }
}
