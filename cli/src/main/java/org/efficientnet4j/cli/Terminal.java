package org.efficientnet4j.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/**
 * Properties of the terminal behind an output stream. The launcher tells whether there is one, since a JVM cannot ask
 * about standard output and standard error apart.
 *
 * @param interactive whether a person looks at it: lines may be redrawn
 * @param colours whether colours are welcome: interactive, and neither {@code NO_COLOR} nor {@code TERM=dumb} is set
 */
public record Terminal(boolean interactive, boolean colours) {
    private static final int DEFAULT_WIDTH = 80;
    private static final int NARROWEST = 20;

    /** Behind standard output. */
    public static Terminal standardOutput() {
        return of("effnet.terminal.out");
    }

    /** Behind standard error. */
    public static Terminal standardError() {
        return of("effnet.terminal.err");
    }

    private static Terminal of(String property) {
        boolean interactive = Boolean.getBoolean(property);
        String noColour = System.getenv("NO_COLOR");
        boolean plain = noColour != null && !noColour.isEmpty();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Terminal(interactive && !dumb, interactive && !plain && !dumb);
    }

    /** Colours for picocli. */
    public Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }

    /** The width in columns at this moment; 80 where it cannot be found out. */
    public int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("[1-9][0-9]{0,4}")) {
            return Math.max(NARROWEST, Integer.parseInt(columns));
        }
        return interactive ? askTerminal() : DEFAULT_WIDTH;
    }

    /** {@code stty size} prints rows and columns of the terminal on its standard input. */
    private static int askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stty.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = reader.readLine();
                stty.waitFor(1, TimeUnit.SECONDS);
                int columns = line == null ? 0 : Integer.parseInt(line.substring(line.indexOf(' ') + 1));
                return columns == 0 ? DEFAULT_WIDTH : Math.max(NARROWEST, columns);
            }
        } catch (IOException | NumberFormatException e) { // no stty here, e.g. on Windows
            return DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_WIDTH;
        }
    }
}
