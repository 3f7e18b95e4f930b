package org.efficientnet4j.weights;

import java.util.List;

/**
 * Description of a tensor in a file.
 *
 * @param name unique in the file
 * @param type the element type as the file's format calls it, e.g. {@code F32}
 * @param shape sizes, outermost first; empty for a scalar
 */
public record TensorInfo(String name, String type, List<Long> shape) {
    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** The number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
