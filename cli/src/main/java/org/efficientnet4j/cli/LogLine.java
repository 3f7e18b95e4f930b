package org.efficientnet4j.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.efficientnet4j.core.text.Printable;

/** {@code 14:03:09 WARN  ModelFile: the message}, below it the exception's stack trace. */
final class LogLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        String name = event.getLoggerName();
        LocalTime time =
                LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        String line = String.format(
                Locale.ROOT,
                "%tT %-5s %s: %s%n",
                time,
                event.getLevel(),
                name.substring(name.lastIndexOf('.') + 1),
                Printable.message(event.getFormattedMessage()));
        return event.getThrowableProxy() == null ? line : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
