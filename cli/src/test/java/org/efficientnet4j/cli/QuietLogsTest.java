package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietLogsTest {
    private final LoggerContext logs = new LoggerContext();

    @Test
    void isWhatTheCommandLineLogsWith() {
        LoggerContext own = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertTrue(own.getLogger("ROOT").getAppender("standard-error") != null);
    }

    @Test
    void letsLibrariesReportErrorsAndTheToolkitWarnings() {
        assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, new QuietLogs().configure(logs));
        assertEquals(Level.ERROR, logs.getLogger("org.nd4j.Library").getEffectiveLevel());
        assertEquals(Level.WARN, logs.getLogger("org.efficientnet4j.Class").getEffectiveLevel());
    }

    /** Without setting the process's property, by which another test's first log line would be configured. */
    @Test
    void givesWayToAFileThatIsNamed() {
        QuietLogs configurator = new QuietLogs(Map.of("logback.configurationFile", "mine.xml")::get);
        assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, configurator.configure(logs));
        assertFalse(logs.getLogger("ROOT").iteratorForAppenders().hasNext());
    }

    @Test
    void writesTimeLevelClassMessageAndStackTrace() {
        LoggingEvent event = event(new IllegalStateException("why"));
        List<String> lines = new LogLine().doLayout(event).lines().toList();
        assertEquals("14:03:09 WARN  Thing: 3 of 4", lines.get(0));
        assertEquals("java.lang.IllegalStateException: why", lines.get(1));
        assertTrue(lines.get(2).strip().startsWith("at org.efficientnet4j.cli.QuietLogsTest"), lines.get(2));
        assertEquals("14:03:09 WARN  Thing: 3 of 4" + System.lineSeparator(), new LogLine().doLayout(event(null)));
    }

    private LoggingEvent event(Throwable problem) {
        LoggingEvent event = new LoggingEvent(
                "", logs.getLogger("org.efficientnet4j.Thing"), Level.WARN, "{} of {}", problem, new Object[] {3, 4});
        Instant time = LocalDateTime.of(2026, 1, 2, 14, 3, 9, 987_000_000)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        event.setInstant(time);
        return event;
    }
}
