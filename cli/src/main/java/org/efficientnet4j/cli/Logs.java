package org.efficientnet4j.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much of the logs is shown; {@link QuietLogs} is the default. */
final class Logs {
    private Logs() {}

    /** Shows everything from level INFO up. */
    static void showAll() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (String name : List.of(Logger.ROOT_LOGGER_NAME, "org.efficientnet4j")) {
                context.getLogger(name).setLevel(Level.INFO);
            }
        }
    }
}
