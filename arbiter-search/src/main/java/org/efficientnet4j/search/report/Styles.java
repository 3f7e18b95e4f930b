package org.efficientnet4j.search.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The reports' style sheet. */
final class Styles {
    static final String FILE = "report.css";

    private Styles() {}

    static String text() {
        try (InputStream file = Styles.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
