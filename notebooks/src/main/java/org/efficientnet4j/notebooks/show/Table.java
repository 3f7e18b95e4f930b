package org.efficientnet4j.notebooks.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Table of a cell's output: the first column to the left, numbers to the right. */
public final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /** Starts a table without rows. */
    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /**
     * Adds a row.
     *
     * @param cells one a column: whole numbers are grouped, fractions have three digits, everything else is as it is; use
     *     {@link #number} for other digits
     * @throws IllegalArgumentException for another number of cells than headings
     */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("A row must have as many cells as the table has headings, "
                    + headings.size() + ", found " + cells.length);
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(shown(cell));
        }
        rows.add(List.copyOf(row));
        return this;
    }

    /** A number as text, in English notation. */
    public static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String shown(Object cell) {
        if (cell instanceof Integer || cell instanceof Long) {
            return number("%,d", cell);
        }
        if (cell instanceof Double || cell instanceof Float) {
            return number("%.3f", cell);
        }
        return String.valueOf(cell);
    }

    String html() {
        StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
        for (int column = 0; column < headings.size(); column++) {
            html.append(cell("th", headings.get(column), column));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                html.append(cell("td", row.get(column), column));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>").toString();
    }

    private String cell(String tag, String text, int column) {
        String align = isRight(column) ? "right" : "left";
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + tag + " style=\"text-align: " + align + "\">" + escaped + "</" + tag + ">";
    }

    private boolean isRight(int column) {
        return column > 0 && rows.stream().allMatch(row -> row.get(column).matches("|[-+~]?[0-9].*"));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        List<List<String>> all = new ArrayList<>(List.of(headings));
        all.addAll(rows);
        int[] widths = new int[headings.size()];
        for (List<String> row : all) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String pad = " ".repeat(widths[column] - row.get(column).length());
                line.append(column > 0 ? "  " : "")
                        .append(isRight(column) ? pad + row.get(column) : row.get(column) + pad);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    @Override
    public String toString() {
        return text();
    }
}
