package org.efficientnet4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.core.text.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writer of log.txt, the run's events in UTC, one line each; they go to the program's log at debug level, too. */
public final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private final Path file;

    public RunLog(Path file) {
        this.file = file;
    }

    public void line(String text) {
        LOG.debug("{}", text);
        String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + Printable.line(text) + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        }
    }
}
