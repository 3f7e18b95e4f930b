package org.efficientnet4j.data.source;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The rows of a comma-separated text, each with the line it starts on. Fields may be quoted; a quoted field may hold
 * commas, line breaks and doubled quotes. Empty lines are passed over, a byte-order mark too.
 *
 * <p>Source: RFC 4180; a line may end in LF alone.
 */
final class CsvTable {
    /**
     * One row.
     *
     * @param line the line it starts on, from 1
     * @param fields its fields, blanks around unquoted ones removed
     */
    record Row(int line, List<String> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        boolean isBlank() {
            return fields.size() == 1 && fields.get(0).isEmpty();
        }
    }

    private final String text;
    private final String name;
    private int at;
    private int line = 1;

    private CsvTable(String text, String name) {
        this.text = text;
        this.name = name;
    }

    /**
     * Takes a text apart.
     *
     * @throws InvalidInputException naming the line of a quote that is never closed, or followed by more text
     */
    static List<Row> parse(String text, String name) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new CsvTable(plain, name).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        while (at < text.length()) {
            Row row = row();
            if (!row.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int firstLine = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        if (at < text.length()) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
            line++;
        }
        return new Row(firstLine, fields);
    }

    private String field() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            String field = quoted();
            skipBlanks();
            if (!atFieldEnd()) {
                throw new InvalidInputException("%s, line %d: a comma must follow a closing quote, but \"%s\" does"
                        .formatted(name, line, text.charAt(at)));
            }
            return field;
        }
        int start = at;
        while (!atFieldEnd()) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        int firstLine = line;
        StringBuilder field = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next != '"') {
                field.append(next);
                line += next == '\n' ? 1 : 0;
            } else if (text.startsWith("\"\"", at)) {
                field.append('"');
                at++;
            } else {
                at++;
                return field.toString();
            }
        }
        throw new InvalidInputException(
                "%s, line %d: the quote that opens there is never closed".formatted(name, firstLine));
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean atFieldEnd() {
        return at >= text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0;
    }
}
