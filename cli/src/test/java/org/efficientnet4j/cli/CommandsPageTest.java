package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.files.AtomicFiles;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    /** Relative to this module, where Maven runs its tests. */
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        if (System.getProperty("efficientnet4j.renewPages") != null) {
            AtomicFiles.writeText(PAGE, CommandsPage.markdown());
        }
        assertEquals(CommandsPage.markdown(), Files.readString(PAGE), "renew it: " + CommandsPage.RENEWAL);
    }
}
