package org.efficientnet4j.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A CSV source as a user writes it: {@code FILE:DIR} or {@code FILE:DIR?image=NAME&label=NAME&split=NAME}.
 *
 * @param file the CSV file
 * @param folder the folder that its image names are relative to
 * @param columns its columns
 */
record CsvSource(Path file, Path folder, CsvColumns columns) {
    /**
     * Takes an expression's argument apart.
     *
     * @throws InvalidInputException if there is no such file
     */
    static CsvSource parse(String argument) {
        return find(argument)
                .orElseThrow(() -> new InvalidInputException(
                        "A CSV source must be written csv:FILE:DIR with an existing file, found \"csv:" + argument
                                + "\""));
    }

    /** Splits FILE:DIR at the first colon behind an existing file, since either path may hold a colon. */
    static Optional<CsvSource> find(String argument) {
        Matcher query = CsvColumns.QUERY.matcher(argument);
        boolean hasQuery = query.find();
        CsvColumns columns = hasQuery ? CsvColumns.parse(query.group(1)) : CsvColumns.USUAL;
        String paths = hasQuery ? argument.substring(0, query.start()) : argument;
        for (int colon = paths.indexOf(':'); colon >= 0; colon = paths.indexOf(':', colon + 1)) {
            Path file = ImageSources.path(paths.substring(0, colon));
            if (Files.isRegularFile(file)) {
                return Optional.of(new CsvSource(file, ImageSources.path(paths.substring(colon + 1)), columns));
            }
        }
        return Optional.empty();
    }
}
