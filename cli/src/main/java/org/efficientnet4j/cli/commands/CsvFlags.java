package org.efficientnet4j.cli.commands;

import java.util.Optional;
import org.efficientnet4j.data.source.CsvColumns;
import org.efficientnet4j.data.source.ImageSources;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The columns of a source's CSV file as flags. */
final class CsvFlags {
    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description = "Of csv:FILE:DIR: the header of the labels' column (label, class and other usual names).")
    private String label;

    @Option(
            names = "--split-column",
            paramLabel = "NAME",
            description = "Of csv:FILE:DIR: the header of the column that says train, validation or test (split).")
    private String split;

    @Mixin
    private CsvImageFlags images;

    /** Created by picocli. */
    CsvFlags() {}

    /** The source with its CSV file's columns named. */
    String named(String source) {
        CsvColumns labels =
                new CsvColumns(Optional.empty(), Optional.ofNullable(label), Optional.ofNullable(split), false);
        return ImageSources.withColumns(source, images.columns().overriddenBy(labels));
    }

    /** Tells whether any of the flags was given. */
    boolean given() {
        return label != null || split != null || !images.columns().equals(CsvColumns.USUAL);
    }
}
