package org.efficientnet4j.cli.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.efficientnet4j.data.InvalidInputException;

/** Writes results as files that are whole or not there. */
final class TextFiles {
    private TextFiles() {}

    /**
     * Writes a file in UTF-8 in place of the one that may be there.
     *
     * @throws InvalidInputException if its folder does not exist
     */
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("The folder of --out does not exist: " + folder);
        }
        Path temporary =
                Files.write(folder.resolve("." + file.getFileName() + ".part"), text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
