package org.efficientnet4j.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network of two blocks, which trains in moments. */
final class TinyArchitecture {
    static final String TEXT = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r1_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;

    private TinyArchitecture() {}

    /** Writes it as {@code tiny.yaml}. */
    static Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("tiny.yaml"), TEXT);
    }
}
