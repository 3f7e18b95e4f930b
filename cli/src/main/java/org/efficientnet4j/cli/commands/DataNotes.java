package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.LeftOut;

/** Tells a user about the data before it is used. */
final class DataNotes {
    private DataNotes() {}

    /** One line about the files that are not among a source's images; none if there are no such files. */
    static void leftOut(List<LeftOut> files, PrintWriter err) {
        if (!files.isEmpty()) {
            err.println(Printable.line("Left out: " + line(files) + "."));
        }
    }

    static String line(List<LeftOut> files) {
        return files.stream().map(LeftOut::toString).collect(Collectors.joining("; "));
    }

    static void warnings(List<String> warnings, PrintWriter err) {
        warnings.forEach(warning -> err.println(Printable.line("Warning: " + warning)));
    }
}
