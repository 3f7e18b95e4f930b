package org.efficientnet4j.report;

/** Cells of a CSV file, as RFC 4180 has them. */
public final class CsvCells {
    private CsvCells() {}

    /** A text in quotes where it needs them. */
    public static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
