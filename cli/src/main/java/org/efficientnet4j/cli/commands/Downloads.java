package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.progress.ProgressLine;
import org.efficientnet4j.weights.WeightLocation;

/** Fetches weights with a line of progress. */
final class Downloads {
    private static final double MEGABYTE = 1e6;

    private Downloads() {}

    /** The file at a location, downloaded first where it has to be. */
    static Path file(WeightLocation location, PrintWriter err) {
        ProgressLine line = new ProgressLine(err, Terminal.standardError(), System::nanoTime);
        try {
            return location.locate((name, done, total) -> line.show(
                    name,
                    total > 0 ? (double) done / total : 0,
                    List.of(String.format(Locale.ROOT, "%.1f MB", done / MEGABYTE))));
        } finally {
            line.erase();
        }
    }
}
