package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalWriterTest {
    private final StringWriter terminal = new StringWriter();

    @Test
    void escapesWhatATerminalObeysAndKeepsLines() {
        TerminalWriter out = new TerminalWriter(terminal, true);
        out.printf("%s\n\t%s%n", "cat\u001b[2J", "\r\u001b]0;title\u0007");
        out.write('\u001b');
        assertEquals("cat\\u001b[2J\n\t\\r\\u001b]0;title\\u0007" + System.lineSeparator() + "\\u001b", written(out));
    }

    @Test
    void letsColoursThroughWhereTheyAreWelcome() {
        TerminalWriter colourful = new TerminalWriter(terminal, true);
        colourful.print("\u001b[1;31mtrain\u001b[0m");
        assertEquals("\u001b[1;31mtrain\u001b[0m", written(colourful));
        StringWriter other = new StringWriter();
        TerminalWriter plain = new TerminalWriter(other, false);
        plain.print("\u001b[1mtrain");
        plain.flush();
        assertEquals("\\u001b[1mtrain", other.toString());
    }

    @Test
    void sendsTheProgramsOwnSequencesInOrder() {
        TerminalWriter out = new TerminalWriter(terminal, false);
        out.print("a");
        TerminalWriter.control(out, "\r\u001b[K");
        out.print("b");
        assertEquals("a\r\u001b[Kb", written(out));
        StringWriter file = new StringWriter();
        PrintWriter writer = new PrintWriter(file);
        TerminalWriter.control(writer, "\u001b[K");
        writer.flush();
        assertEquals("\u001b[K", file.toString());
    }

    private String written(PrintWriter out) {
        out.flush();
        return terminal.toString();
    }
}
