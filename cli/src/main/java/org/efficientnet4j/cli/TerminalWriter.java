package org.efficientnet4j.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efficientnet4j.core.text.Printable;

/**
 * A writer to a terminal that escapes whatever the terminal would obey, so that no text from outside gets through that a
 * command forgot to escape. Line feeds pass, as do colours where they are welcome; what this program tells the terminal
 * goes through {@link #control}.
 */
public final class TerminalWriter extends PrintWriter {
    private final Writer raw;

    /**
     * @param raw the terminal
     * @param colours whether colours pass, for help texts
     */
    TerminalWriter(Writer raw, boolean colours) {
        super(new Escaping(raw, colours), true);
        this.raw = raw;
    }

    /**
     * Sends a control sequence; to a writer that is no terminal's, as it is.
     *
     * @param out where to
     * @param sequence what the terminal is to obey
     */
    public static void control(PrintWriter out, String sequence) {
        if (!(out instanceof TerminalWriter terminal)) {
            out.print(sequence);
            return;
        }
        terminal.flush();
        try {
            terminal.raw.write(sequence);
        } catch (IOException e) {
            terminal.setError();
        }
    }

    private static final class Escaping extends FilterWriter {
        private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

        private final boolean colours;

        Escaping(Writer out, boolean colours) {
            super(out);
            this.colours = colours;
        }

        @Override
        public void write(int character) throws IOException {
            write(Character.toString(character), 0, 1);
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            write(new String(text, offset, length), 0, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            String part = text.substring(offset, offset + length);
            Matcher colour = COLOUR.matcher(part);
            int at = 0;
            while (colours && colour.find()) {
                writeEscaped(part.substring(at, colour.start()));
                out.write(colour.group());
                at = colour.end();
            }
            writeEscaped(part.substring(at));
        }

        private void writeEscaped(String text) throws IOException {
            StringBuilder shown = new StringBuilder(text.length());
            text.codePoints().forEach(codePoint -> {
                if (codePoint == '\n' || codePoint == '\t' || Printable.isPlain(codePoint)) {
                    shown.appendCodePoint(codePoint);
                } else {
                    shown.append(Printable.escape(codePoint));
                }
            });
            out.write(shown.toString());
        }
    }
}
