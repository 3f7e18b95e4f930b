package org.efficientnet4j.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;

/**
 * The command line's logs: libraries are quiet unless something is wrong, and write to standard error, since standard
 * output is for results. In Java and not in a {@code logback.xml}, whose readers are some 500 classes that each start
 * would load. A file that {@code -Dlogback.configurationFile} names counts instead.
 */
public final class QuietLogs extends ContextAwareBase implements Configurator {
    private static final String FILE_PROPERTY = "logback.configurationFile";

    private final UnaryOperator<String> properties;

    /** Created by logback. */
    public QuietLogs() {
        this(System::getProperty);
    }

    /** Logs by system properties of one's own; null is one that is not set. */
    QuietLogs(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    @Override
    public ExecutionStatus configure(LoggerContext logs) {
        if (properties.apply(FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        logs.getStatusManager().add(new NopStatusListener());
        logs.getLogger("org.efficientnet4j").setLevel(Level.WARN);
        ch.qos.logback.classic.Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.ERROR);
        root.addAppender(standardError(logs));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext logs) {
        LogLine layout = new LogLine();
        layout.setContext(logs);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(logs);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logs);
        appender.setName("standard-error");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
