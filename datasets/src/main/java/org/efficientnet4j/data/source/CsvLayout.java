package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.decode.ImageDecoder;
import org.efficientnet4j.data.source.CsvTable.Row;

/**
 * The meaning of a table's columns.
 *
 * @param header whether the first row is a header
 * @param image the images' column
 * @param labels the label's column, or a column of 0 and 1 for each class
 * @param split the parts' column
 */
record CsvLayout(boolean header, int image, List<Integer> labels, Optional<SplitColumn> split) {
    static final Set<String> IMAGE_NAMES = Set.of(
            "image",
            "images",
            "img",
            "file",
            "filename",
            "file_name",
            "path",
            "filepath",
            "file_path",
            "image_path",
            "id",
            "image_id",
            "imageid",
            "image_name");
    static final Set<String> LABEL_NAMES =
            Set.of("label", "labels", "class", "category", "target", "species", "breed", "class_name", "label_name");
    private static final Set<String> BINARY = Set.of("0", "1", "0.0", "1.0");

    CsvLayout {
        labels = List.copyOf(labels);
    }

    /** Tells whether every class has a column of its own. */
    boolean oneHot() {
        return labels.size() > 1;
    }

    /** The rows that name images. */
    List<Row> entries(CsvTable table) {
        return header ? table.rows().subList(1, table.rows().size()) : table.rows();
    }

    /**
     * Finds the columns of a table of images and labels.
     *
     * @throws InvalidInputException if a named column is not there, or the label's column cannot be told
     */
    static CsvLayout of(CsvTable table, CsvColumns wanted, CsvFiles files) {
        boolean header = wanted.named() || isHeader(table.rows(), files);
        int image = imageColumn(table, wanted, header, files);
        Optional<SplitColumn> split = splitColumn(table, wanted, header, image);
        return new CsvLayout(header, image, labelColumns(table, wanted, header, image, split), split);
    }

    /** Finds the images' column of a table that need not have labels. */
    static CsvLayout ofImages(CsvTable table, CsvColumns wanted, CsvFiles files) {
        boolean header = wanted.image().isPresent() || isHeader(table.rows(), files);
        return new CsvLayout(header, imageColumn(table, wanted, header, files), List.of(), Optional.empty());
    }

    /**
     * A header names a column as usual, or else names no file where the next row does; a row with an image's name in it is
     * none, even if that file is missing, nor is one whose label comes again or whose name has digits as ids have.
     */
    private static boolean isHeader(List<Row> rows, CsvFiles files) {
        List<String> first = rows.get(0).fields();
        if (first.stream().anyMatch(field -> looksLikeImage(field) || files.exists(field))) {
            return false;
        }
        if (first.stream().anyMatch(field -> isOneOf(field, IMAGE_NAMES))) {
            return true;
        }
        boolean labelComesAgain = first.size() > 1
                && rows.stream().skip(1).anyMatch(row -> row.field(1).equals(first.get(1)));
        boolean hasDigits = first.get(0).chars().anyMatch(Character::isDigit);
        return !labelComesAgain
                && !hasDigits
                && rows.size() > 1
                && rows.get(1).fields().stream().anyMatch(files::exists);
    }

    private static boolean looksLikeImage(String field) {
        try {
            return ImageDecoder.isImageName(Path.of(field));
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    private static int imageColumn(CsvTable table, CsvColumns wanted, boolean header, CsvFiles files) {
        List<Row> rows = table.rows();
        if (wanted.image().isPresent()) {
            return named(table, wanted.image().get(), "--image-column");
        }
        if (!header) {
            return 0;
        }
        List<Integer> usual = usual(rows.get(0), IMAGE_NAMES);
        List<Integer> all =
                IntStream.range(0, rows.get(0).fields().size()).boxed().toList();
        List<Integer> candidates = usual.isEmpty() ? all : usual;
        return candidates.stream()
                .filter(column -> rows.size() > 1 && files.exists(rows.get(1).field(column)))
                .findFirst()
                .orElse(candidates.get(0));
    }

    private static Optional<SplitColumn> splitColumn(CsvTable table, CsvColumns wanted, boolean header, int image) {
        if (wanted.split().isPresent()) {
            int column = named(table, wanted.split().get(), "--split-column");
            return Optional.of(SplitColumn.named(table.rows().get(0), column));
        }
        List<Row> rows = table.rows();
        if (!header) {
            return IntStream.range(2, rows.get(0).fields().size())
                    .filter(column -> namesParts(rows, column))
                    .mapToObj(SplitColumn::ofNames)
                    .findFirst();
        }
        Set<Integer> taken = new HashSet<>(usual(rows.get(0), LABEL_NAMES));
        taken.add(image);
        wanted.label().ifPresent(name -> taken.add(named(table, name, "--label-column")));
        return rows.get(0).fields().size() > 2
                ? SplitColumn.find(rows.get(0), rows.subList(1, rows.size()), taken)
                : Optional.empty();
    }

    private static boolean namesParts(List<Row> rows, int column) {
        return rows.stream().allMatch(row -> DataPart.named(row.field(column)).isPresent());
    }

    private static List<Integer> labelColumns(
            CsvTable table, CsvColumns wanted, boolean header, int image, Optional<SplitColumn> split) {
        List<Row> rows = table.rows();
        if (wanted.label().isPresent()) {
            return List.of(named(table, wanted.label().get(), "--label-column"));
        }
        List<Integer> others = new ArrayList<>(
                IntStream.range(0, rows.get(0).fields().size()).boxed().toList());
        others.remove(Integer.valueOf(image));
        split.ifPresent(found -> others.remove(Integer.valueOf(found.column())));
        if (others.isEmpty()) {
            throw new InvalidInputException("%s, line %d: a line must be IMAGE,LABEL, found %s"
                    .formatted(table.file(), rows.get(0).line(), rows.get(0).fields()));
        }
        List<Integer> usual = header
                ? usual(rows.get(0), LABEL_NAMES).stream()
                        .filter(others::contains)
                        .toList()
                : List.of();
        if (usual.size() == 1 || others.size() == 1) {
            return List.of(usual.size() == 1 ? usual.get(0) : others.get(0));
        }
        boolean binary = rows.stream().skip(header ? 1 : 0).allMatch(row -> others.stream()
                .allMatch(column -> BINARY.contains(row.field(column))));
        if (header && usual.isEmpty() && binary) {
            return others;
        }
        if (!header && !binary) {
            return List.of(others.get(0));
        }
        throw new InvalidInputException(
                "The label's column must be told, found %s in the first line of %s: name it by --label-column (?label=NAME in the source)%s"
                        .formatted(rows.get(0).fields(), table.file(), header ? "" : ", in a header line"));
    }

    private static List<Integer> usual(Row header, Set<String> names) {
        return IntStream.range(0, header.fields().size())
                .filter(column -> isOneOf(header.field(column), names))
                .boxed()
                .toList();
    }

    private static boolean isOneOf(String field, Set<String> names) {
        return names.contains(field.toLowerCase(Locale.ROOT).replace(' ', '_'));
    }

    private static int named(CsvTable table, String name, String flag) {
        List<String> header = table.rows().get(0).fields();
        int exact = header.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        return IntStream.range(0, header.size())
                .filter(column -> header.get(column).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException("%s must name a column of %s, found \"%s\"; its header names %s"
                                .formatted(flag, table.file(), name, header)));
    }
}
