package org.efficientnet4j.data.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;

/**
 * A CSV file's rows, all of one width: fields separated by comma, semicolon or tab, quoted where they hold one of these, a
 * quote (doubled) or a line break. Rows of empty fields are passed over, a byte-order mark too.
 *
 * <p>Source: RFC 4180; a line may end in LF alone.
 *
 * @param file the file, for messages
 * @param rows its rows in order, at least one
 */
record CsvTable(Path file, List<Row> rows) {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int SAMPLED_LINES = 50;

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

        String field(int column) {
            return fields.get(column);
        }

        boolean isBlank() {
            return fields.stream().allMatch(String::isEmpty);
        }
    }

    CsvTable {
        rows = List.copyOf(rows);
    }

    /** Removes blanks around fields without quotes, and remembers how the last field was written. */
    private static final class Fields implements FieldModifier {
        private boolean lastQuoted;
        private String last = "";

        @Override
        public String modify(long line, int index, boolean quoted, String field) {
            lastQuoted = quoted;
            last = field;
            return quoted ? field : field.strip();
        }

        /**
         * Tells whether the text ends within quotes. A quote in a quoted field is doubled, so that the quotes at the end of
         * the text are twice those of the field, plus the closing one, plus the opening one of a field of quotes alone.
         */
        boolean endsOpen(String text) {
            if (!lastQuoted) {
                return false;
            }
            int within = trailingQuotes(last);
            int closed = 2 * within + 1 + (within == last.length() ? 1 : 0);
            return trailingQuotes(text.stripTrailing()) != closed;
        }

        private static int trailingQuotes(String text) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '"') {
                end--;
            }
            return text.length() - end;
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it is missing, empty, no text, or its rows are malformed or of several widths,
     *     naming the line
     */
    static CsvTable read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("The CSV file must exist, found none at "
                    + file.toAbsolutePath().normalize() + ": check the path");
        }
        List<Row> rows = rows(text(file), file);
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    "A CSV file must have a line IMAGE,LABEL for each image, found " + file + " empty");
        }
        int width = rows.get(0).fields().size();
        return new CsvTable(
                file, rows.stream().map(row -> fitted(row, width, file)).toList());
    }

    /** The row without empty fields behind the first row's width. */
    private static Row fitted(Row row, int width, Path file) {
        List<String> fields = row.fields();
        boolean longer = fields.size() > width
                && !fields.subList(width, fields.size()).stream().allMatch(String::isEmpty);
        if (longer || fields.size() < width) {
            throw new InvalidInputException(
                    "%s, line %d: a row must have as many fields as the first one, %d, found %d: %s. Put quotes around a field that holds the separator, or complete the row"
                            .formatted(file, row.line(), width, fields.size(), fields));
        }
        return new Row(row.line(), fields.subList(0, width));
    }

    private static List<Row> rows(String text, Path file) {
        Fields fields = new Fields();
        List<Row> rows = new ArrayList<>();
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(separator(text))
                .trimWhitespacesAroundQuotes(true)
                .allowExtraFields(true)
                .allowMissingFields(true);
        int line = 1;
        try (CsvReader<CsvRecord> reader =
                builder.build(CsvRecordHandler.builder().fieldModifier(fields).build(), text)) {
            for (CsvRecord record : reader) {
                line = (int) record.getStartingLineNumber();
                Row row = new Row(line, record.getFields());
                if (!row.isBlank()) {
                    rows.add(row);
                }
            }
        } catch (CsvParseException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new InvalidInputException(file + ": " + e.getMessage() + ": " + reason.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory must be readable", e);
        }
        if (fields.endsOpen(text)) {
            throw new InvalidInputException(
                    "%s, line %d: a quote that opens must be closed, found none to the end of the file"
                            .formatted(file, line));
        }
        return rows;
    }

    /** The separator that the first lines hold the same number of, else the most frequent one of the first line. */
    private static char separator(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank())
                .limit(SAMPLED_LINES)
                .map(line -> line.replaceAll("\"[^\"]*\"", ""))
                .toList();
        char best = ',';
        long bestCount = 0;
        boolean bestEven = false;
        for (char separator : SEPARATORS) {
            List<Long> counts = lines.stream()
                    .map(line -> line.chars().filter(c -> c == separator).count())
                    .toList();
            long count = counts.isEmpty() ? 0 : counts.get(0);
            boolean even = counts.stream().distinct().count() == 1;
            if (count > 0 && (bestCount == 0 || (even && !bestEven) || (even == bestEven && count > bestCount))) {
                best = separator;
                bestCount = count;
                bestEven = even;
            }
        }
        return best;
    }

    private static String text(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + " must be UTF-8 text, found other bytes: save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + file + ": " + FileErrors.reason(e), e);
        }
    }

    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
