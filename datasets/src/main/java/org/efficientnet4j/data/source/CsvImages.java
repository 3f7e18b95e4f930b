package org.efficientnet4j.data.source;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.CsvTable.Row;
import org.efficientnet4j.data.source.FileSource.LabelledFile;

/**
 * A CSV file that names images of a folder and their classes, such as {@code id,label} with {@code 0001.jpg,cat} below.
 *
 * <p>The image and label columns are told by a header of usual names (any case), by given names, or are the first two.
 * Names may lack the extension. Classes are sorted: by number if all are whole numbers, else by text.
 */
public final class CsvImages {
    private static final Set<String> IMAGE_NAMES =
            Set.of("image", "img", "file", "filename", "file_name", "path", "filepath", "id", "image_id", "image_name");
    private static final Set<String> LABEL_NAMES = Set.of("label", "class", "category", "target", "species", "breed");
    private static final List<String> EXTENSIONS =
            List.of("", ".jpg", ".jpeg", ".png", ".JPG", ".webp", ".bmp", ".tif");
    private static final int SHOWN = 5;

    private CsvImages() {}

    /** Where the image and the label stand in a row, and whether the first row is a header. */
    private record Columns(int image, int label, boolean header) {}

    /**
     * Opens a CSV file, telling the columns by a header of usual names, else taking the first two.
     *
     * @param csv the file, UTF-8
     * @param folder the folder that its image names are relative to
     * @return all its images
     * @throws InvalidInputException if the file cannot be used; missing images are named with their lines
     */
    public static ImageSource open(Path csv, Path folder) {
        List<Row> rows = read(csv, folder);
        return source(csv, folder, rows, guessColumns(rows, csv, folder));
    }

    /**
     * Opens a CSV file with a header, by the names of its columns.
     *
     * @param csv the file, UTF-8
     * @param folder the folder that its image names are relative to
     * @param imageColumn the header of the images' column
     * @param labelColumn the header of the labels' column
     * @return all its images
     * @throws InvalidInputException if a column is not there, or as for {@link #open(Path, Path)}
     */
    public static ImageSource open(Path csv, Path folder, String imageColumn, String labelColumn) {
        List<Row> rows = read(csv, folder);
        List<String> header = rows.get(0).fields();
        for (String name : List.of(imageColumn, labelColumn)) {
            if (!header.contains(name)) {
                throw new InvalidInputException(
                        "%s has no column \"%s\"; its header names %s".formatted(csv, name, header));
            }
        }
        return source(csv, folder, rows, new Columns(header.indexOf(imageColumn), header.indexOf(labelColumn), true));
    }

    private static List<Row> read(Path csv, Path folder) {
        if (!Files.isRegularFile(csv)) {
            throw new InvalidInputException(
                    "there is no CSV file " + csv.toAbsolutePath().normalize());
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "there is no image folder " + folder.toAbsolutePath().normalize() + " for the names in " + csv);
        }
        try {
            List<Row> rows = CsvTable.parse(Files.readString(csv), csv.toString());
            if (rows.isEmpty()) {
                throw new InvalidInputException(csv + " is empty; it needs a line IMAGE,LABEL for each image");
            }
            return rows;
        } catch (MalformedInputException e) {
            throw new InvalidInputException(csv + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException(csv + " cannot be read: " + e, e);
        }
    }

    private static Columns guessColumns(List<Row> rows, Path csv, Path folder) {
        List<String> first = rows.get(0).fields();
        int image = indexOfName(first, IMAGE_NAMES);
        int label = indexOfName(first, LABEL_NAMES);
        if (image >= 0 && label >= 0) {
            return new Columns(image, label, true);
        }
        if (first.size() < 2) {
            throw new InvalidInputException("%s, line %d: a line must be IMAGE,LABEL, but it is %s"
                    .formatted(csv, rows.get(0).line(), first));
        }
        boolean startsWithImage = find(folder, first.get(0)).isPresent();
        boolean continuesWithImage =
                rows.size() > 1 && find(folder, rows.get(1).fields().get(0)).isPresent();
        return new Columns(0, 1, !startsWithImage && continuesWithImage);
    }

    private static int indexOfName(List<String> header, Set<String> names) {
        for (int i = 0; i < header.size(); i++) {
            if (names.contains(header.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private static ImageSource source(Path csv, Path folder, List<Row> rows, Columns columns) {
        List<Row> entries = columns.header() ? rows.subList(1, rows.size()) : rows;
        if (entries.isEmpty()) {
            throw new InvalidInputException(csv + " has a header but no images below it");
        }
        entries.forEach(row -> requireWhole(row, columns, csv));
        List<String> labels = sortedLabels(entries, columns);
        Map<String, Integer> positions =
                IntStream.range(0, labels.size()).boxed().collect(Collectors.toMap(labels::get, i -> i));
        List<LabelledFile> files = new ArrayList<>();
        List<Row> missing = new ArrayList<>();
        for (Row row : entries) {
            int label = positions.get(row.fields().get(columns.label()));
            find(folder, row.fields().get(columns.image()))
                    .ifPresentOrElse(file -> files.add(new LabelledFile(file, label)), () -> missing.add(row));
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missingMessage(csv, folder, missing, columns));
        }
        String description = "%d images of %d classes named by %s".formatted(files.size(), labels.size(), csv);
        return new FileSource(labels, files, description);
    }

    private static void requireWhole(Row row, Columns columns, Path csv) {
        int needed = Math.max(columns.image(), columns.label()) + 1;
        if (row.fields().size() < needed || row.fields().get(columns.label()).isEmpty()) {
            throw new InvalidInputException(
                    "%s, line %d: an image and a label are needed (columns %d and %d), but it is %s"
                            .formatted(csv, row.line(), columns.image() + 1, columns.label() + 1, row.fields()));
        }
    }

    private static List<String> sortedLabels(List<Row> rows, Columns columns) {
        List<String> labels = rows.stream()
                .map(row -> row.fields().get(columns.label()))
                .distinct()
                .toList();
        boolean numbers = labels.stream().allMatch(label -> label.matches("-?\\d{1,9}"));
        Comparator<String> order =
                numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.<String>naturalOrder();
        return labels.stream()
                .sorted(order.thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static Optional<Path> find(Path folder, String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return EXTENSIONS.stream()
                    .map(extension -> folder.resolve(name + extension))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (InvalidPathException e) {
            // A name no file system takes is a file that is not there; the caller names it.
            return Optional.empty();
        }
    }

    private static String missingMessage(Path csv, Path folder, List<Row> missing, Columns columns) {
        StringBuilder message = new StringBuilder("%s names %d images that are not in %s:"
                .formatted(csv, missing.size(), folder.toAbsolutePath().normalize()));
        for (Row row : missing.subList(0, Math.min(SHOWN, missing.size()))) {
            message.append(" line %d \"%s\"".formatted(row.line(), row.fields().get(columns.image())));
        }
        if (missing.size() > SHOWN) {
            message.append(" and ").append(missing.size() - SHOWN).append(" more");
        }
        return message.append(". Put them there, or remove their lines.").toString();
    }
}
