package org.efficientnet4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.core.text.Printable;

/** A table of aligned columns in plain text: first column to the left, numbers to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the columns' titles */
    public TextTable(String... header) {
        this.header = Arrays.stream(header).map(Printable::line).toList();
    }

    /**
     * Adds a row.
     *
     * @param cells one a column, written as {@link String#valueOf} on one line
     */
    public TextTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(
                    "A row must have " + header.size() + " cells like the header, found " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(TextTable::shown).toList());
        return this;
    }

    private static String shown(Object cell) {
        return Printable.line(String.valueOf(cell));
    }

    /** The table, each line ending in a line feed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        appendLine(text, header);
        rows.forEach(row -> appendLine(text, row));
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(width(column) - Printable.columns(cell));
            line.append(column == 0 ? "" : GAP);
            line.append(isNumeric(column) ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = Printable.columns(header.get(column));
        for (List<String> row : rows) {
            width = Math.max(width, Printable.columns(row.get(column)));
        }
        return width;
    }

    private boolean isNumeric(int column) {
        return column > 0
                && !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).matches("-?[0-9][0-9,. ]*[%GMk]?|-?"));
    }
}
