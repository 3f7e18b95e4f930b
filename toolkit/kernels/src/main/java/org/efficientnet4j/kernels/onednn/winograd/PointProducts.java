package org.efficientnet4j.kernels.onednn.winograd;

import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.plan.Activation;

/** The matrix products at the 36 points, for so many tiles. */
final class PointProducts {
    private static final int COUNT = WinogradTiles.POINTS * WinogradTiles.POINTS;

    private PointProducts() {}

    /** Tiles {@code [tiles, inputs]}, weights {@code [inputs, outputs]}, products {@code [tiles, outputs]}. */
    static Primitive ofTiles(int tiles, int inputs, int outputs) {
        try (Layout points = Layout.matrices(COUNT, tiles, inputs, distance(tiles, inputs));
                Layout weights = Layout.matrices(COUNT, inputs, outputs, distance(inputs, outputs));
                Layout products = Layout.matrices(COUNT, tiles, outputs, distance(tiles, outputs))) {
            return Primitives.product(points, weights, products);
        }
    }

    /**
     * Tiles {@code [tiles, inputs]}, gradients {@code [tiles, outputs]}, gradients by the weights {@code [inputs, outputs]}.
     *
     * @param added to what lies there
     */
    static Primitive ofWeights(int tiles, int inputs, int outputs, boolean added) {
        try (Layout points = Layout.transposedMatrices(COUNT, tiles, inputs, distance(tiles, inputs));
                Layout gradients = Layout.matrices(COUNT, tiles, outputs, distance(tiles, outputs));
                Layout weights = Layout.matrices(COUNT, inputs, outputs, distance(inputs, outputs))) {
            PostOperations post = added ? PostOperations.sum(Activation.NONE) : PostOperations.NONE;
            return Primitives.product(points, gradients, weights, post);
        }
    }

    private static long distance(long rows, long columns) {
        return WinogradTiles.pointBytes(rows, columns) / 4;
    }
}
