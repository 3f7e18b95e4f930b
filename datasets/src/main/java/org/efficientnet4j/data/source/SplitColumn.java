package org.efficientnet4j.data.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.source.CsvTable.Row;

/**
 * The column that tells each image's part: by the parts' names, or by yes and no under a part's name ({@code is_valid}).
 *
 * @param column its place in the table
 * @param asked the part that yes means, for a column of yes and no; empty for one of names
 */
record SplitColumn(int column, Optional<DataPart> asked) {
    static final Set<String> NAMES = Set.of("split", "partition", "subset", "set", "part", "phase");
    private static final Set<String> FOLDS = Set.of("fold", "folds", "kfold", "k_fold", "cv_fold");
    private static final Map<String, Boolean> ANSWERS =
            Map.of("true", true, "1", true, "yes", true, "false", false, "0", false, "no", false);

    /** A column of names. */
    static SplitColumn ofNames(int column) {
        return new SplitColumn(column, Optional.empty());
    }

    /** A column that the user names: of answers if its name asks for a part, else of names. */
    static SplitColumn named(Row header, int column) {
        return asking(header, column).orElseGet(() -> ofNames(column));
    }

    /** The part of an image; empty for what is neither a part's name nor an answer. */
    Optional<DataPart> part(Row row) {
        String field = row.field(column);
        if (asked.isEmpty()) {
            return DataPart.named(field);
        }
        DataPart no = asked.get() == DataPart.TRAIN ? DataPart.VALIDATION : DataPart.TRAIN;
        return Optional.ofNullable(ANSWERS.get(normal(field))).map(yes -> yes ? asked.get() : no);
    }

    /**
     * Finds the column of a table with a header.
     *
     * @param rows without the header
     * @param taken columns of another meaning
     */
    static Optional<SplitColumn> find(Row header, List<Row> rows, Set<Integer> taken) {
        List<Integer> free = IntStream.range(0, header.fields().size())
                .filter(column -> !taken.contains(column))
                .boxed()
                .toList();
        Optional<Integer> usual = free.stream()
                .filter(column -> NAMES.contains(normal(header.field(column))))
                .filter(column -> header.field(column).equalsIgnoreCase("split")
                        || rows.stream()
                                .allMatch(row -> ofNames(column).part(row).isPresent()))
                .findFirst();
        return usual.map(SplitColumn::ofNames)
                .or(() -> free.stream()
                        .flatMap(column -> asking(header, column).stream())
                        .filter(found -> divides(found, rows))
                        .findFirst())
                .or(() -> free.stream()
                        .map(SplitColumn::ofNames)
                        .filter(found -> divides(found, rows))
                        .findFirst());
    }

    /** Columns that number the parts of a cross-validation, of which nothing says which are held out. */
    static List<String> folds(Row header) {
        return header.fields().stream()
                .filter(name -> FOLDS.contains(normal(name)))
                .toList();
    }

    private static Optional<SplitColumn> asking(Row header, int column) {
        String name = normal(header.field(column));
        return name.startsWith("is_")
                ? DataPart.named(name.substring(3)).map(part -> new SplitColumn(column, Optional.of(part)))
                : Optional.empty();
    }

    /** Every row has a part, and they are several, training images among them. */
    private static boolean divides(SplitColumn column, List<Row> rows) {
        Set<Optional<DataPart>> parts = rows.stream().map(column::part).collect(Collectors.toSet());
        return parts.size() > 1 && !parts.contains(Optional.empty()) && parts.contains(Optional.of(DataPart.TRAIN));
    }

    private static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
