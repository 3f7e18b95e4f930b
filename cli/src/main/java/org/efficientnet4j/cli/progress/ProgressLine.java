package org.efficientnet4j.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.TerminalWriter;

/** The line of progress at the bottom of the screen: redrawn in place on a terminal, else written anew now and then. */
public final class ProgressLine {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration REWRITE = Duration.ofSeconds(10);
    private static final Duration ASK_WIDTH = Duration.ofSeconds(5);
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private long lastShown;
    private long widthAsked;
    private int width;
    private boolean drawn;

    /**
     * @param out where to draw
     * @param terminal whether it is one
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public ProgressLine(PrintWriter out, Terminal terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.width = terminal.width();
        long now = nanoTime.getAsLong();
        this.widthAsked = now;
        // A terminal shows the first state at once; a log does not need one.
        this.lastShown = now - (terminal.interactive() ? REDRAW.toNanos() : 0);
    }

    /** Shows a state, unless the one before is too recent. */
    public void show(String label, double done, List<String> figures) {
        long now = nanoTime.getAsLong();
        Duration pause = terminal.interactive() ? REDRAW : REWRITE;
        if (now - lastShown < pause.toNanos()) {
            return;
        }
        lastShown = now;
        if (terminal.interactive()) {
            TerminalWriter.control(out, ERASE);
            out.print(ProgressBar.draw(currentWidth(now) - 1, label, done, figures));
            drawn = true;
        } else {
            out.println(label + String.format(Locale.ROOT, "  %.0f%%  ", 100 * done) + String.join("  ", figures));
        }
        out.flush();
    }

    /** Writes a line that stays, above the bar. */
    public void println(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Takes the bar away. */
    public void erase() {
        if (drawn) {
            TerminalWriter.control(out, ERASE);
            out.flush();
            drawn = false;
        }
    }

    private int currentWidth(long now) {
        if (now - widthAsked > ASK_WIDTH.toNanos()) {
            width = terminal.width();
            widthAsked = now;
        }
        return width;
    }
}
