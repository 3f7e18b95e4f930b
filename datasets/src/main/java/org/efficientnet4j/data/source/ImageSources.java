package org.efficientnet4j.data.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.CacheFolder;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.download.Downloader;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.FileSource.LabelledFile;
import org.efficientnet4j.data.source.SourceExpression.Part;

/**
 * Opens a source of images by its expression, as the command line takes it:
 *
 * <ul>
 *   <li>a directory: a sub-folder of images for each class, or {@code train/} and {@code val/} (or {@code test/}) below it
 *   <li>{@code cifar10:PATH}, {@code cifar100:PATH}: the binary version, from a folder or its {@code .tar.gz};
 *       without a path it is downloaded into the cache once
 *   <li>{@code csv:FILE:DIR}: a CSV file of image names and labels, and the folder the names are relative to
 *   <li>{@code shapes} or {@code shapes:N}: N generated pictures, nothing needed
 *   <li>{@code subset:N:SOURCE} or {@code subset:N/M:SOURCE}: N training images of another source and M of those held out
 *       (all, without M), every class keeping its share
 *   <li>{@code classes:NUMBERS:SOURCE}: another source's images of some classes, e.g. {@code 0-4} or {@code 0,2,7-9}
 * </ul>
 *
 * A directory whose name looks like one of these is written as {@code ./shapes}.
 */
public final class ImageSources {
    private ImageSources() {}

    /**
     * Opens a source for training, downloading in silence if it must.
     *
     * @param source the expression
     * @param options how to hold images out where the source brings none of its own
     * @return training and held-out images
     * @throws InvalidInputException if the expression or what it names cannot be used
     */
    public static DataSplits open(String source, SplitOptions options) {
        return open(source, options, DownloadProgress.SILENT);
    }

    /**
     * Opens a source for training.
     *
     * @param source the expression
     * @param options how to hold images out where the source brings none of its own
     * @param progress told how far a download is
     * @return training and held-out images
     * @throws InvalidInputException if the expression or what it names cannot be used
     */
    public static DataSplits open(String source, SplitOptions options, DownloadProgress progress) {
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case FOLDER -> ClassFolders.open(path(expression.argument()), options);
            case CIFAR10 -> openCifar(CifarFormat.CIFAR10, expression, options, progress);
            case CIFAR100 -> openCifar(CifarFormat.CIFAR100, expression, options, progress);
            case CSV -> StratifiedSplit.of(csv(expression), options);
            case SHAPES -> StratifiedSplit.of(shapes(expression, options.seed()), options);
            case SUBSET -> subset(expression, options, progress);
            case CLASSES -> classes(expression, options, progress);
        };
    }

    /**
     * Opens every image a user names for judging a finished network, holding nothing back: the held-out part where the
     * source itself has one ({@code val/} or {@code test/}, CIFAR's test batch), else all images.
     *
     * <p>Beware: for a source that was divided by {@link #open} this includes the images trained on; judge by
     * {@code open(...).validation()} there.
     *
     * @param source the expression
     * @param options its seed is what generated pictures are drawn from
     * @param progress told how far a download is
     * @return the images
     * @throws InvalidInputException if the expression or what it names cannot be used
     */
    public static ImageSource openUndivided(String source, SplitOptions options, DownloadProgress progress) {
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case FOLDER -> ClassFolders.listForEvaluation(path(expression.argument()));
            case CIFAR10 ->
                CifarSource.openForEvaluation(
                        CifarFormat.CIFAR10, cifarPlace(CifarFormat.CIFAR10, expression, progress));
            case CIFAR100 ->
                CifarSource.openForEvaluation(
                        CifarFormat.CIFAR100, cifarPlace(CifarFormat.CIFAR100, expression, progress));
            case CSV -> csv(expression);
            case SHAPES -> shapes(expression, options.seed());
            case SUBSET -> subset(expression, options, progress).validation();
            case CLASSES -> classes(expression, options, progress).validation();
        };
    }

    /**
     * The same source with its paths in full, for a program that runs in another folder.
     *
     * @param source the expression
     * @return an expression that means the same in every folder
     */
    public static String absolute(String source) {
        SourceExpression expression = SourceExpression.parse(source);
        String argument = expression.argument();
        return switch (expression.kind()) {
            case FOLDER -> path(argument).toAbsolutePath().toString();
            case CIFAR10, CIFAR100 ->
                argument.isEmpty()
                        ? source
                        : expression.with(path(argument).toAbsolutePath().toString());
            case CSV -> {
                int colon = colonBehindFile(argument);
                yield colon < 0
                        ? source
                        : expression.with(path(argument.substring(0, colon)).toAbsolutePath() + ":"
                                + path(argument.substring(colon + 1)).toAbsolutePath());
            }
            case SHAPES -> source;
            case SUBSET, CLASSES -> {
                int colon = argument.indexOf(':');
                yield colon < 0
                        ? source
                        : expression.with(argument.substring(0, colon + 1) + absolute(argument.substring(colon + 1)));
            }
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

    private static DataSplits openCifar(
            CifarFormat format, SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        return CifarSource.open(format, cifarPlace(format, expression, progress), options);
    }

    private static DataSplits subset(SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        Part part = expression.part("subset:N:SOURCE or subset:N/M:SOURCE");
        String[] counts = part.choice().split("/", 2);
        return StratifiedSubset.of(
                open(part.source(), options, progress),
                expression.count(counts[0]),
                counts.length == 2 ? expression.count(counts[1]) : 0,
                options.seed());
    }

    private static DataSplits classes(SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        Part part = expression.part("classes:NUMBERS:SOURCE");
        return ChosenClasses.of(open(part.source(), options, progress), part.choice());
    }

    private static Path cifarPlace(CifarFormat format, SourceExpression expression, DownloadProgress progress) {
        if (!expression.argument().isEmpty()) {
            return path(expression.argument());
        }
        return CifarArchive.official(format).fetch(format, CacheFolder.locate(), new Downloader(progress));
    }

    private static ImageSource shapes(SourceExpression expression, long seed) {
        int count = expression.argument().isEmpty() ? GeneratedShapes.DEFAULT_COUNT : expression.count();
        return new GeneratedShapes(count, seed, GeneratedShapes.DEFAULT_SIDE);
    }

    /** Splits FILE:DIR at the first colon behind an existing file, since either path may hold a colon. */
    private static ImageSource csv(SourceExpression expression) {
        String argument = expression.argument();
        int colon = colonBehindFile(argument);
        if (colon >= 0) {
            return CsvImages.open(path(argument.substring(0, colon)), path(argument.substring(colon + 1)));
        }
        throw new InvalidInputException(
                "a CSV source is written csv:FILE:DIR with an existing file, but got \"csv:" + argument + "\"");
    }

    private static int colonBehindFile(String argument) {
        for (int colon = argument.indexOf(':'); colon >= 0; colon = argument.indexOf(':', colon + 1)) {
            if (Files.isRegularFile(path(argument.substring(0, colon)))) {
                return colon;
            }
        }
        return -1;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("\"" + text + "\" is not a path: " + e.getMessage(), e);
        }
    }
}
