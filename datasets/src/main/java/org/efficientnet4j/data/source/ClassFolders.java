package org.efficientnet4j.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.source.FileSource.LabelledFile;
import org.efficientnet4j.data.source.ImageLister.ListedImage;

/**
 * A folder with one sub-folder for each class, or with parts of that form below it ({@link FolderLayout}). Classes are
 * sorted by name; images may lie in nested folders; which files are images, {@link ImageLister} says.
 */
final class ClassFolders {
    private final Path directory;
    private final LeftOut.Tally leftOut = new LeftOut.Tally();

    private ClassFolders(Path directory) {
        this.directory = directory;
    }

    /** The folder's own parts, else those drawn from it. */
    static DataParts open(Path directory, SplitOptions options) {
        requireDirectory(directory);
        return new ClassFolders(directory).open(options);
    }

    private DataParts open(SplitOptions options) {
        FolderLayout layout = FolderLayout.of(directory, leftOut);
        return layout.parts().isEmpty()
                ? drawn(list(directory, layout.classes(), names(layout.classes())), options)
                : divided(layout.parts(), options);
    }

    private DataParts drawn(ImageSource images, SplitOptions options) {
        return StratifiedSplit.draw(images, options, leftOut.all());
    }

    private DataParts divided(Map<DataPart, Path> parts, SplitOptions options) {
        Path first = Optional.ofNullable(parts.get(DataPart.TRAIN))
                .or(() -> Optional.ofNullable(parts.get(DataPart.VALIDATION)))
                .orElseGet(() -> parts.get(DataPart.TEST));
        List<String> labels = names(FolderLayout.folders(directory, first, new LeftOut.Tally()));
        Optional<ImageSource> train = part(parts, DataPart.TRAIN, labels);
        Optional<ImageSource> validation = part(parts, DataPart.VALIDATION, labels);
        Optional<ImageSource> test = validation.isPresent() && train.isPresent()
                ? testBesideValidation(parts, labels)
                : part(parts, DataPart.TEST, labels);
        if (train.isPresent() && validation.isEmpty() && test.isEmpty()) {
            return drawn(train.get(), options);
        }
        return new DataParts(train, validation, test, Optional.empty(), leftOut.all());
    }

    private Optional<ImageSource> part(Map<DataPart, Path> parts, DataPart part, List<String> labels) {
        return Optional.ofNullable(parts.get(part))
                .map(folder -> list(folder, FolderLayout.folders(directory, folder, leftOut), labels));
    }

    /** A training has no use for this part, so that one of other classes is no reason to refuse the folder. */
    private Optional<ImageSource> testBesideValidation(Map<DataPart, Path> parts, List<String> labels) {
        Path folder = parts.get(DataPart.TEST);
        if (folder != null
                && names(FolderLayout.folders(directory, folder, new LeftOut.Tally())).stream()
                        .anyMatch(name -> labelOf(name, labels) < 0)) {
            leftOut.add("test parts of other classes than train/", ImageLister.nameOf(folder) + "/");
            return Optional.empty();
        }
        return part(parts, DataPart.TEST, labels);
    }

    private ImageSource list(Path folder, List<Path> classes, List<String> labels) {
        if (classes.isEmpty()) {
            throw new InvalidInputException("The data folder must have class folders, found none in " + folder + ". "
                    + FolderLayout.DESCRIPTION);
        }
        List<LabelledFile> files = new ArrayList<>();
        for (Path one : classes) {
            int label = labelOf(ImageLister.nameOf(one), labels);
            if (label < 0) {
                throw new InvalidInputException("The held-out folder " + folder
                        + " must have the training folder's classes, found \"" + ImageLister.nameOf(one)
                        + "\"; training's are " + labels + ". Rename the folder, or add training images for it.");
            }
            List<ListedImage> images = ImageLister.below(directory, one, Integer.MAX_VALUE, leftOut);
            if (images.isEmpty()) {
                throw new InvalidInputException("The class folder " + one
                        + " must hold images (.jpg, .png, .webp, .tif, .bmp, .gif and their kin), found none"
                        + lost() + ". Add images to it, or remove it.");
            }
            images.forEach(image -> files.add(new LabelledFile(image, label)));
        }
        String description = "%d images of %d classes in %s".formatted(files.size(), labels.size(), folder);
        return new FileSource(labels, files, description);
    }

    /** A part copied from another system may have a class's name in other Unicode characters, as macOS decomposes them. */
    private static int labelOf(String name, List<String> labels) {
        int same = labels.indexOf(name);
        return same >= 0
                ? same
                : labels.stream().map(ClassFolders::composed).toList().indexOf(composed(name));
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The files that might have been a class's images. */
    private String lost() {
        List<String> unexpected = leftOut.all().stream()
                .filter(files -> !files.expected())
                .map(LeftOut::toString)
                .toList();
        return unexpected.isEmpty() ? "" : "; left out: " + String.join("; ", unexpected);
    }

    private static List<String> names(List<Path> folders) {
        return folders.stream().map(ImageLister::nameOf).toList();
    }

    private static void requireDirectory(Path directory) {
        Path full = directory.toAbsolutePath().normalize();
        if (!Files.exists(directory)) {
            throw new InvalidInputException(
                    "The data folder must exist, found nothing at " + full + ". " + FolderLayout.DESCRIPTION);
        }
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(
                    "The data must be a folder, found the file " + full + ". " + FolderLayout.DESCRIPTION);
        }
    }
}
