package org.efficientnet4j.weights;

import java.util.List;
import java.util.Optional;

/** A file of named tensors, open for reading. */
public interface TensorFile extends AutoCloseable {
    /** Every tensor, in the file's order. */
    List<TensorInfo> tensors();

    /**
     * A tensor's values as floats, in c order; wider types are rounded to the nearest float.
     *
     * @param name one of {@link #tensors()}
     * @throws org.efficientnet4j.core.InvalidInputException if the file has no such tensor, or its type holds no real
     *     numbers
     */
    float[] read(String name);

    /** A tensor by name. */
    default Optional<TensorInfo> find(String name) {
        return tensors().stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** The tensors chosen and left out of the file, in sentences for the user without a full stop. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
