package org.efficientnet4j.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.source.CsvTable.Row;
import org.efficientnet4j.data.source.FileSource.LabelledFile;
import org.efficientnet4j.data.source.ImageLister.ListedImage;

/**
 * A CSV file that names images of a folder and their classes, such as {@code id,label} with {@code 0001.jpg,cat} below.
 *
 * <p>The columns are found by a header of usual names (any case), by given names, or are the first two ({@link CsvLayout}).
 * Names may lack the extension. Classes are sorted: by number if all are whole numbers, else by text; those of a table
 * with a column of 0 and 1 for each class stand in the columns' order.
 */
public final class CsvImages {
    private static final int SHOWN = 5;
    private static final String FOLDS = "columns of folds, by which nothing is held out";

    private final Path folder;
    private final CsvTable table;
    private final CsvLayout layout;
    private final CsvFiles files;
    private final LeftOut.Tally leftOut = new LeftOut.Tally();

    private CsvImages(Path csv, Path folder, CsvColumns columns) {
        this.folder = folder;
        this.table = CsvTable.read(csv);
        requireFolder(csv, folder);
        this.files = new CsvFiles(folder, columns.outside());
        this.layout = CsvLayout.of(table, columns, files);
    }

    /** A row's image, with its class and its part. */
    private record Entry(Row row, ListedImage image, String label, Optional<DataPart> part) {}

    /**
     * Opens a CSV file.
     *
     * @param csv the file, UTF-8; fields separated by comma, semicolon or tab
     * @param folder the folder that its image names are relative to
     * @param columns the columns, where they have no usual names
     * @param options how to hold images out where the file names no parts
     * @return its images, in the parts that it names
     * @throws InvalidInputException if the file cannot be used; missing images are named with their lines
     */
    public static DataParts open(Path csv, Path folder, CsvColumns columns, SplitOptions options) {
        return new CsvImages(csv, folder, columns).parts(options);
    }

    /**
     * Lists the images that a CSV file names, with or without labels, in its order.
     *
     * @param csv the file, UTF-8
     * @param folder the folder that its image names are relative to
     * @param columns the images' column, where it has no usual name
     * @return the files
     * @throws InvalidInputException if the file cannot be used; missing images are named with their lines
     */
    public static List<Path> files(Path csv, Path folder, CsvColumns columns) {
        CsvTable table = CsvTable.read(csv);
        requireFolder(csv, folder);
        CsvFiles files = new CsvFiles(folder, columns.outside());
        CsvLayout layout = CsvLayout.ofImages(table, columns, files);
        return found(table, layout, files, folder).values().stream()
                .map(ListedImage::file)
                .toList();
    }

    private static void requireFolder(Path csv, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("The image folder must exist, found none at "
                    + folder.toAbsolutePath().normalize() + " for the names in " + csv + ": check the path");
        }
    }

    /** Each row's image. */
    private static Map<Row, ListedImage> found(CsvTable table, CsvLayout layout, CsvFiles files, Path folder) {
        List<Row> rows = layout.entries(table);
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    "A CSV file must name images, found a header but no images below it in " + table.file());
        }
        Map<Row, ListedImage> found = new LinkedHashMap<>();
        List<Row> missing = new ArrayList<>();
        for (Row row : rows) {
            files.find(row.field(layout.image()))
                    .ifPresentOrElse(image -> found.put(row, image), () -> missing.add(row));
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missingMessage(table, layout, missing, folder));
        }
        return found;
    }

    private static String missingMessage(CsvTable table, CsvLayout layout, List<Row> missing, Path folder) {
        StringBuilder message = new StringBuilder("The images that %s names must be in %s, found %s missing:"
                .formatted(
                        table.file(),
                        folder.toAbsolutePath().normalize(),
                        missing.size() == 1 ? "1 image" : missing.size() + " images"));
        for (Row row : missing.subList(0, Math.min(SHOWN, missing.size()))) {
            message.append(" line %d \"%s\"".formatted(row.line(), row.field(layout.image())));
        }
        if (missing.size() > SHOWN) {
            message.append(" and ").append(missing.size() - SHOWN).append(" more");
        }
        return message.append(". Put them there, or remove their lines.").toString();
    }

    private DataParts parts(SplitOptions options) {
        List<Entry> entries = withoutRepetitions(found(table, layout, files, folder).entrySet().stream()
                .map(found -> entry(found.getKey(), found.getValue()))
                .toList());
        List<String> labels = labels(entries);
        if (layout.split().isEmpty()) {
            if (layout.header()) {
                SplitColumn.folds(table.rows().get(0)).forEach(name -> leftOut.addExpected(FOLDS, name));
            }
            return StratifiedSplit.draw(source(entries, labels, ""), options, leftOut.all());
        }
        Optional<ImageSource> train = part(entries, labels, DataPart.TRAIN);
        Optional<ImageSource> validation = part(entries, labels, DataPart.VALIDATION);
        Optional<ImageSource> test = part(entries, labels, DataPart.TEST);
        if (train.isPresent() && validation.isEmpty() && test.isEmpty()) {
            return StratifiedSplit.draw(train.get(), options, leftOut.all());
        }
        return new DataParts(train, validation, test, Optional.empty(), leftOut.all());
    }

    private Optional<ImageSource> part(List<Entry> entries, List<String> labels, DataPart part) {
        List<Entry> chosen = entries.stream()
                .filter(entry -> entry.part().equals(Optional.of(part)))
                .toList();
        return chosen.isEmpty() ? Optional.empty() : Optional.of(source(chosen, labels, part + " "));
    }

    private Entry entry(Row row, ListedImage image) {
        Optional<DataPart> part = layout.split().map(split -> part(row, split));
        return new Entry(row, image, label(row), part);
    }

    private DataPart part(Row row, SplitColumn split) {
        return split.part(row)
                .orElseThrow(() -> new InvalidInputException(
                        "%s, line %d: the split must be train, validation or test, found \"%s\": correct it, or rename the column"
                                .formatted(table.file(), row.line(), row.field(split.column()))));
    }

    private String label(Row row) {
        if (!layout.oneHot()) {
            String label = row.field(layout.labels().get(0));
            if (label.isEmpty()) {
                throw new InvalidInputException("%s, line %d: an image must have a label, found none in column %d of %s"
                        .formatted(table.file(), row.line(), layout.labels().get(0) + 1, row.fields()));
            }
            return label;
        }
        List<String> classes = layout.labels().stream()
                .filter(column -> row.field(column).startsWith("1"))
                .map(column -> table.rows().get(0).field(column))
                .toList();
        if (classes.size() != 1) {
            throw new InvalidInputException(
                    "%s, line %d: an image must be of 1 class, found %d with a 1: %s. Networks here know one class an image"
                            .formatted(table.file(), row.line(), classes.size(), classes));
        }
        return classes.get(0);
    }

    /** Keeps each image once; an image of two classes or parts is refused. */
    private List<Entry> withoutRepetitions(List<Entry> entries) {
        Map<String, Entry> byImage = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Entry earlier = byImage.putIfAbsent(entry.image().key(), entry);
            if (earlier != null
                    && !(earlier.label().equals(entry.label()) && earlier.part().equals(entry.part()))) {
                throw new InvalidInputException(
                        "%s: an image must have one label and one part, found \"%s\" as %s in line %d and as %s in line %d: correct one of them"
                                .formatted(
                                        table.file(),
                                        entry.image().key(),
                                        described(earlier),
                                        earlier.row().line(),
                                        described(entry),
                                        entry.row().line()));
            }
            if (earlier != null) {
                leftOut.add(
                        "lines that repeat an image",
                        "line " + entry.row().line() + ", " + entry.image().key());
            }
        }
        return List.copyOf(byImage.values());
    }

    private static String described(Entry entry) {
        return "\"" + entry.label() + "\""
                + entry.part().map(part -> " of " + part).orElse("");
    }

    private List<String> labels(List<Entry> entries) {
        if (layout.oneHot()) {
            return layout.labels().stream()
                    .map(column -> table.rows().get(0).field(column))
                    .toList();
        }
        List<String> labels = entries.stream().map(Entry::label).distinct().toList();
        boolean numbers = labels.stream().allMatch(label -> label.matches("-?\\d{1,9}"));
        Comparator<String> order =
                numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.<String>naturalOrder();
        return labels.stream()
                .sorted(order.thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private ImageSource source(List<Entry> entries, List<String> labels, String part) {
        List<LabelledFile> images = entries.stream()
                .map(entry -> new LabelledFile(entry.image(), labels.indexOf(entry.label())))
                .toList();
        String description =
                "%d %simages of %d classes named by %s".formatted(images.size(), part, labels.size(), table.file());
        return new FileSource(labels, images, description);
    }
}
