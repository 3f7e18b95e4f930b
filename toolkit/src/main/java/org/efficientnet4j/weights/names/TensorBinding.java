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
        TRANSPOSED
    }

    /** Their elements in our order. */
    public float[] toOurs(float[] theirs) {
        return arrangement == Arrangement.SAME ? theirs : transposed(theirs, size(0), size(1));
    }

    /** Our elements in their order. */
    public float[] toTheirs(float[] ours) {
        return arrangement == Arrangement.SAME ? ours : transposed(ours, size(1), size(0));
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
}
