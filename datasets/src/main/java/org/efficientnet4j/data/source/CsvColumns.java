package org.efficientnet4j.data.source;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The columns of a CSV file by the names in its header; what is not named is found by usual names.
 *
 * @param image the images' column
 * @param label the labels' column
 * @param split the column that names each image's part: train, validation or test
 * @param outside whether image names may lead out of the image folder
 */
public record CsvColumns(Optional<String> image, Optional<String> label, Optional<String> split, boolean outside) {
    /** All columns found by their usual names; images within the folder alone. */
    public static final CsvColumns USUAL = new CsvColumns(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** The end of a source expression that names columns: {@code ?image=NAME&label=NAME}. */
    static final Pattern QUERY = Pattern.compile("\\?((?:image|label|split|outside)=[^?]*)$");

    /** Checks that no column is null. */
    public CsvColumns {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(split, "split");
    }

    /** Tells whether some column is named, which only a header can answer. */
    boolean named() {
        return image.isPresent() || label.isPresent() || split.isPresent();
    }

    /**
     * These columns, and another choice's where that names one.
     *
     * @param other the choice that wins
     * @return both together
     */
    public CsvColumns overriddenBy(CsvColumns other) {
        return new CsvColumns(
                other.image.or(() -> image),
                other.label.or(() -> label),
                other.split.or(() -> split),
                outside || other.outside);
    }

    /** Reads what stands behind the question mark. */
    static CsvColumns parse(String query) {
        CsvColumns columns = USUAL;
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            // A plus sign stands for itself.
            String value = URLDecoder.decode(part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            columns = columns.overriddenBy(
                    switch (name) {
                        case "image" -> new CsvColumns(Optional.of(value), Optional.empty(), Optional.empty(), false);
                        case "label" -> new CsvColumns(Optional.empty(), Optional.of(value), Optional.empty(), false);
                        case "split" -> new CsvColumns(Optional.empty(), Optional.empty(), Optional.of(value), false);
                        case "outside" ->
                            new CsvColumns(
                                    Optional.empty(), Optional.empty(), Optional.empty(), Boolean.parseBoolean(value));
                        default ->
                            throw new InvalidInputException("A CSV source's columns must be written"
                                    + " ?image=NAME&label=NAME&split=NAME&outside=true, found \"" + part + "\"");
                    });
        }
        return columns;
    }

    /** The text that {@link #parse} reads, with its question mark; empty for {@link #USUAL}. */
    String query() {
        List<String> parts = new ArrayList<>();
        image.ifPresent(name -> parts.add("image=" + encoded(name)));
        label.ifPresent(name -> parts.add("label=" + encoded(name)));
        split.ifPresent(name -> parts.add("split=" + encoded(name)));
        if (outside) {
            parts.add("outside=true");
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
