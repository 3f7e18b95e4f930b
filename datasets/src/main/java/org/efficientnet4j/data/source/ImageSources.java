package org.efficientnet4j.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.source.FileSource.LabelledFile;

/**
 * Opens a source of images by its expression, as the command line takes it:
 *
 * <ul>
 *   <li>a directory: a sub-folder of images for each class, or {@code train/} and {@code val/} (or {@code test/}) below it
 *   <li>{@code cifar10:PATH}, {@code cifar100:PATH}: the binary version, from a folder or its {@code .tar.gz}
 *   <li>{@code shapes} or {@code shapes:N}: N generated pictures, nothing needed
 * </ul>
 */
public final class ImageSources {
    private ImageSources() {}

    /**
     * Opens a source for training.
     *
     * @param source the expression
     * @param options how to hold images out where the source brings none of its own
     * @return training and held-out images
     * @throws InvalidInputException if the expression or what it names cannot be used
     */
    public static DataSplits open(String source, SplitOptions options) {
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case FOLDER -> ClassFolders.open(path(expression.argument()), options);
            case CIFAR10 ->
                CifarSource.open(CifarFormat.CIFAR10, cifarLocation(CifarFormat.CIFAR10, expression), options);
            case CIFAR100 ->
                CifarSource.open(CifarFormat.CIFAR100, cifarLocation(CifarFormat.CIFAR100, expression), options);
            case SHAPES -> StratifiedSplit.of(shapes(expression, options.seed()), options);
        };
    }

    /**
     * Image files without labels, as for prediction.
     *
     * @param files the files, in order
     * @param labels the classes of the network that will see them
     * @return a source whose every label is {@link ImageSource#UNLABELLED}
     */
    public static ImageSource ofFiles(List<Path> files, List<String> labels) {
        List<LabelledFile> unlabelled = files.stream()
                .map(file -> new LabelledFile(file, ImageSource.UNLABELLED))
                .toList();
        return new FileSource(labels, unlabelled, files.size() + " image files");
    }

    private static ImageSource shapes(SourceExpression expression, long seed) {
        int count = expression.argument().isEmpty() ? GeneratedShapes.DEFAULT_COUNT : expression.count();
        return new GeneratedShapes(count, seed, GeneratedShapes.DEFAULT_SIDE);
    }

    private static Path cifarLocation(CifarFormat format, SourceExpression expression) {
        if (expression.argument().isEmpty()) {
            throw new InvalidInputException("give the place of " + format.title() + ": a folder with " + format.folder()
                    + "/ or its .tar.gz archive");
        }
        return path(expression.argument());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("\"" + text + "\" is not a path: " + e.getMessage(), e);
        }
    }
}
