package org.efficientnet4j.fuzzing;

import java.nio.file.Path;

/** Reads a whole file. */
@FunctionalInterface
public interface FileReader {
    /**
     * Reads all of it.
     *
     * @throws org.efficientnet4j.core.InvalidInputException if it is damaged
     */
    void read(Path file);
}
