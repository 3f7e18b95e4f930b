package org.efficientnet4j.fuzzing;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A good file and the way to read it.
 *
 * @param name of the damaged copies
 * @param content of the good file
 * @param damage changes the content
 * @param reader answers damage with an {@link org.efficientnet4j.core.InvalidInputException}
 * @param fixedBytes heap that opening any such file may take
 */
public record Target(
        String name, Supplier<byte[]> content, UnaryOperator<byte[]> damage, FileReader reader, long fixedBytes) {
    /** A target whose content is at hand. */
    public Target(String name, byte[] content, UnaryOperator<byte[]> damage, FileReader reader, long fixedBytes) {
        this(name, () -> content, damage, reader, fixedBytes);
    }
}
