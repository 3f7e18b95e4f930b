package org.efficientnet4j.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real images kept beside the repository; tests that want them skip where they are absent. */
public final class SharedData {
    private SharedData() {}

    /**
     * Finds a folder of {@code ../shared/data}, or skips the calling test.
     *
     * @param name the folder's name
     * @return the folder
     */
    public static Path require(String name) {
        String given = System.getProperty("efficientnet4j.shared");
        Path shared = given != null ? Path.of(given) : Path.of("..", "..", "shared");
        Path folder = shared.resolve("data").resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no real images in " + folder.toAbsolutePath().normalize());
        return folder;
    }
}
