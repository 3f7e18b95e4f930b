package org.efficientnet4j.cli.commands;

import java.util.Optional;
import org.efficientnet4j.data.source.CsvColumns;
import picocli.CommandLine.Option;

/** The way from a CSV file's lines to its images as flags. */
final class CsvImageFlags {
    @Option(
            names = "--image-column",
            paramLabel = "NAME",
            description = "Of a CSV file: the header of the images' column (image, file, id and other usual names).")
    private String image;

    @Option(
            names = "--allow-outside",
            description = "Of a CSV file: take images outside the folder that its names are relative to.")
    private boolean outside;

    /** Created by picocli. */
    CsvImageFlags() {}

    CsvColumns columns() {
        return new CsvColumns(Optional.ofNullable(image), Optional.empty(), Optional.empty(), outside);
    }
}
