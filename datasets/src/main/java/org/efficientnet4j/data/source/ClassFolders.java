package org.efficientnet4j.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.decode.ImageDecoder;
import org.efficientnet4j.data.source.FileSource.LabelledFile;

/**
 * A folder with one sub-folder for each class, or with {@code train/} and a held-out folder of that form below it.
 *
 * <p>Classes are sorted by name; images may lie in nested folders; hidden files and files without an image's extension
 * are passed over. The held-out folder is {@code val/}, {@code validation/} or {@code valid/}, else {@code test/}.
 */
final class ClassFolders {
    private static final List<String> HELD_OUT_NAMES = List.of("val", "validation", "valid", "test");
    private static final String LAYOUT =
            "The layout is one sub-folder of images for each class, as in pets/cat/1.jpg and pets/dog/2.jpg,"
                    + " optionally below train/ and val/.";

    private ClassFolders() {}

    /** Training and held-out images: the folders' own division, else a stratified one. */
    static DataSplits open(Path directory, SplitOptions options) {
        requireDirectory(directory);
        Path train = directory.resolve("train");
        if (!isSplitFolder(train)) {
            return StratifiedSplit.of(list(directory), options);
        }
        ImageSource training = list(train);
        Optional<Path> heldOut = HELD_OUT_NAMES.stream()
                .map(directory::resolve)
                .filter(ClassFolders::isSplitFolder)
                .findFirst();
        return heldOut.map(folder -> new DataSplits(training, list(folder, training.labels())))
                .orElseGet(() -> StratifiedSplit.of(training, options));
    }

    /** All images of one class-per-folder directory; its classes are its sub-folders. */
    static ImageSource list(Path directory) {
        requireDirectory(directory);
        List<String> labels =
                classFolders(directory).stream().map(ClassFolders::nameOf).toList();
        if (labels.isEmpty()) {
            throw new InvalidInputException("the data folder " + directory + " has no class folders. " + LAYOUT);
        }
        return list(directory, labels);
    }

    /** The held-out folder beside {@code train/}, or the directory itself: what evaluation of a folder means. */
    static ImageSource listForEvaluation(Path directory) {
        requireDirectory(directory);
        return HELD_OUT_NAMES.stream()
                .map(directory::resolve)
                .filter(ClassFolders::isSplitFolder)
                .findFirst()
                .map(ClassFolders::list)
                .orElseGet(() -> list(directory));
    }

    /** A split's folder holds class folders with images; a class that happens to be called "train" holds images itself. */
    private static boolean isSplitFolder(Path folder) {
        return Files.isDirectory(folder)
                && imagesIn(folder, 1).isEmpty()
                && !classFolders(folder).isEmpty();
    }

    private static ImageSource list(Path directory, List<String> labels) {
        List<LabelledFile> files = new ArrayList<>();
        for (Path folder : classFolders(directory)) {
            int label = labels.indexOf(nameOf(folder));
            if (label < 0) {
                throw new InvalidInputException("the held-out folder " + directory + " has the class \""
                        + nameOf(folder) + "\", which the training folder lacks; its classes are " + labels
                        + ". Rename the folder, or add training images for it.");
            }
            List<Path> images = imagesIn(folder, Integer.MAX_VALUE);
            if (images.isEmpty()) {
                throw new InvalidInputException("the class folder " + folder
                        + " holds no images (looked for .jpg, .png, .webp, .tif, .bmp and their kin)."
                        + " Add images to it, or remove it.");
            }
            images.forEach(image -> files.add(new LabelledFile(image, label)));
        }
        String description = "%d images of %d classes in %s".formatted(files.size(), labels.size(), directory);
        return new FileSource(labels, files, description);
    }

    private static void requireDirectory(Path directory) {
        if (!Files.exists(directory)) {
            throw new InvalidInputException(
                    "the data folder " + directory.toAbsolutePath().normalize() + " does not exist. " + LAYOUT);
        }
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException("the data must be a folder, but " + directory + " is a file. " + LAYOUT);
        }
    }

    private static List<Path> classFolders(Path directory) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(directory, child -> Files.isDirectory(child) && !isHidden(child))) {
            children.forEach(folders::add);
        } catch (IOException e) {
            throw new InvalidInputException("the data folder " + directory + " cannot be listed: " + e, e);
        }
        folders.sort(Comparator.comparing(ClassFolders::nameOf));
        return folders;
    }

    private static List<Path> imagesIn(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> ImageDecoder.isImageName(file)
                            && !hasHiddenPart(folder.relativize(file))
                            && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException("the data folder " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean hasHiddenPart(Path relative) {
        for (Path part : relative) {
            if (isHidden(part)) {
                return true;
            }
        }
        return false;
    }

    /** Dot files, and what macOS adds to the archives it writes. */
    private static boolean isHidden(Path path) {
        String name = nameOf(path);
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
