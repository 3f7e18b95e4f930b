package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.files.AtomicFiles;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
    /** Relative to this module, where Maven runs its tests. */
    private static final Path PAGE = Path.of("../../docs/training-options.md");

    @Test
    void thePageIsWhatTheTableSays() throws IOException {
        if (System.getProperty("efficientnet4j.renewPages") != null) {
            AtomicFiles.writeText(PAGE, OptionsPage.markdown());
        }
        assertEquals(OptionsPage.markdown(), Files.readString(PAGE), "renew it: " + OptionsPage.RENEWAL);
    }
}
