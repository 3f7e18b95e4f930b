package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.efficientnet4j.core.files.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes log.txt: what happened when, a line each, in UTC; the same lines go to the program's own log at debug level. */
final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private final Path file;

    RunLog(Path file) {
        this.file = file;
    }

    void line(String text) {
        LOG.debug("{}", text);
        String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        }
    }
}
