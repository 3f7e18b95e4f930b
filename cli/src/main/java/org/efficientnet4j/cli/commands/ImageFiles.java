package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.source.CsvColumns;
import org.efficientnet4j.data.source.CsvImages;
import org.efficientnet4j.data.source.ImageLister;

/** The image files that a prediction is asked for. */
final class ImageFiles {
    private ImageFiles() {}

    static List<Path> existing(List<Path> files) {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException(
                        Files.isDirectory(file)
                                ? file + " is a folder: use --dir " + file
                                : "There is no image file " + file + ": check the path");
            }
        }
        return List.copyOf(files);
    }

    /** Every image below a folder; what else lies there is told. */
    static List<Path> below(Path directory, PrintWriter err) {
        ImageLister.Listing listing = ImageLister.below(directory);
        DataNotes.leftOut(listing.leftOut(), err);
        if (listing.images().isEmpty()) {
            throw new InvalidInputException("The folder must hold images, found none in " + directory);
        }
        return listing.images().stream().map(ImageLister.ListedImage::file).toList();
    }

    /** The images that a CSV file names, relative to its own folder. */
    static List<Path> listedIn(Path csv, CsvColumns columns) {
        return CsvImages.files(csv, csv.toAbsolutePath().getParent(), columns);
    }
}
