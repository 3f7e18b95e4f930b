package org.efficientnet4j.weights.names;

import java.util.List;

/**
 * One parameter of ours and what another library calls it.
 *
 * @param parameter its key in the graph, e.g. {@code stem_W}
 * @param name the other library's name
 * @param shape the other library's shape
 * @param arrangement how its elements are ordered against ours
 */
public record TensorBinding(String parameter, String name, List<Long> shape, Arrangement arrangement) {
    /** Copies the shape. */
    public TensorBinding {
        shape = List.copyOf(shape);
    }

    /** The order of the elements. */
    public enum Arrangement {
        /** The same; shapes may differ by sizes of 1. */
        SAME,
        /** A matrix that we keep transposed. */
        TRANSPOSED,
        /** A kernel {@code [h, w, in, out]}, ours {@code [out, in, h, w]}; depthwise {@code [h, w, channels, 1]}. */
        CHANNELS_LAST
    }

    /** Their elements in our order. */
    public float[] toOurs(float[] theirs) {
        return switch (arrangement) {
            case SAME -> theirs;
            case TRANSPOSED -> transposed(theirs, size(0), size(1));
            case CHANNELS_LAST -> reversed(theirs, size(0) * size(1), size(2), size(3));
        };
    }

    /** Our elements in their order. */
    public float[] toTheirs(float[] ours) {
        return switch (arrangement) {
            case SAME -> ours;
            case TRANSPOSED -> transposed(ours, size(1), size(0));
            case CHANNELS_LAST -> reversed(ours, size(3), size(2), size(0) * size(1));
        };
    }

    private int size(int dimension) {
        return Math.toIntExact(shape.get(dimension));
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }
        return result;
    }

    /** From {@code [a, b, c]} to {@code [c, b, a]}. */
    private static float[] reversed(float[] cube, int a, int b, int c) {
        float[] result = new float[cube.length];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int k = 0; k < c; k++) {
                    result[(k * b + j) * a + i] = cube[(i * b + j) * c + k];
                }
            }
        }
        return result;
    }
}
