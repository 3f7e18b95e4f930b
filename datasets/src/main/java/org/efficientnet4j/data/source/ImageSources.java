package org.efficientnet4j.data.source;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.CacheFolder;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.download.Downloader;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.FileSource.LabelledFile;
import org.efficientnet4j.data.source.ImageLister.ListedImage;
import org.efficientnet4j.data.source.SourceExpression.Part;

/**
 * Opens a source of images by its expression, as the command line takes it:
 *
 * <ul>
 *   <li>a directory: a sub-folder of images for each class, or {@code train/}, {@code val/} and {@code test/} below it,
 *       in any case and common spellings
 *   <li>{@code cifar10:PATH}, {@code cifar100:PATH}: the binary version, from a folder or its {@code .tar.gz};
 *       without a path it is downloaded into the cache once
 *   <li>{@code csv:FILE:DIR}: a CSV file of image names and labels, and the folder the names are relative to; behind it,
 *       {@code ?image=NAME&label=NAME&split=NAME} for columns of unusual names, {@code outside=true} for images elsewhere
 *   <li>{@code shapes} or {@code shapes:N}: N generated pictures, nothing needed
 *   <li>{@code subset:N:SOURCE} or {@code subset:N/M:SOURCE}: N training images of another source and M of those held out
 *       (all, without M), every class keeping its share
 *   <li>{@code selection:SHARE:SOURCE} or {@code selection:N:SOURCE}: another source with that share of its training
 *       images, or so many, held out to choose by; what the source itself holds out becomes the test part. The division
 *       is the same under every seed, and a source that brings all three parts stays as it is
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
        return parts(source, options, progress).splits();
    }

    /**
     * Opens a source with all its parts.
     *
     * @param source the expression
     * @param options how to hold images out where the source brings none of its own
     * @param progress told how far a download is
     * @return the source's own parts, else those drawn from it
     * @throws InvalidInputException if the expression or what it names cannot be used
     */
    public static DataParts parts(String source, SplitOptions options, DownloadProgress progress) {
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case FOLDER -> ClassFolders.open(path(expression.argument()), options);
            case CIFAR10 -> openCifar(CifarFormat.CIFAR10, expression, options, progress);
            case CIFAR100 -> openCifar(CifarFormat.CIFAR100, expression, options, progress);
            case CSV -> {
                CsvSource csv = CsvSource.parse(expression.argument());
                yield CsvImages.open(csv.file(), csv.folder(), csv.columns(), options);
            }
            case SHAPES -> StratifiedSplit.draw(shapes(expression, options.seed()), options.exact(), List.of());
            case SUBSET -> subset(expression, options, progress);
            case SELECTION -> selection(expression, options, progress);
            case CLASSES -> classes(expression, options, progress);
        };
    }

    /**
     * The same source with the columns of its CSV file named.
     *
     * @param source the expression
     * @param columns the columns; those that are not named stay as they are
     * @return an expression that names them
     * @throws InvalidInputException if columns are named, and the source has no CSV file
     */
    public static String withColumns(String source, CsvColumns columns) {
        if (columns.equals(CsvColumns.USUAL)) {
            return source;
        }
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case CSV -> {
                CsvSource csv = CsvSource.parse(expression.argument());
                yield expression.with(csv.file() + ":" + csv.folder()
                        + csv.columns().overriddenBy(columns).query());
            }
            case SUBSET, SELECTION, CLASSES -> {
                Part part = expression.part(kindForm(expression.kind()));
                yield expression.with(part.choice() + ":" + withColumns(part.source(), columns));
            }
            case FOLDER, CIFAR10, CIFAR100, SHAPES ->
                throw new InvalidInputException(
                        "Columns must be those of a CSV file, found the source " + source + ": write csv:FILE:DIR");
        };
    }

    /**
     * The same source with its paths in full, for a program that runs in another folder.
     *
     * @param source the expression
     * @return an expression that means the same in every folder
     */
    public static String absolute(String source) {
        return located(source, Path::toAbsolutePath);
    }

    /**
     * Tells whether two expressions mean the same images.
     *
     * @param one an expression
     * @param other another one
     * @return true if they differ at most in how they name a path
     */
    public static boolean same(String one, String other) {
        return located(one, ImageSources::real).equals(located(other, ImageSources::real));
    }

    /**
     * Tells whether two expressions mean images of the same data set: the same one, or parts or classes of it.
     *
     * @param one an expression
     * @param other another one
     * @return true if both name the same place, by links too
     */
    public static boolean sameOrigin(String one, String other) {
        return origin(one).equals(origin(other));
    }

    /**
     * Tells whether two sources of different images may have some in common: folders of which one lies within the other,
     * or generated pictures of two numbers.
     *
     * @param one an expression
     * @param other another one
     * @return false for all other pairs
     */
    public static boolean mayOverlap(String one, String other) {
        SourceExpression first = SourceExpression.parse(origin(one));
        SourceExpression second = SourceExpression.parse(origin(other));
        if (first.kind() != SourceExpression.Kind.FOLDER || second.kind() != SourceExpression.Kind.FOLDER) {
            return first.kind() == SourceExpression.Kind.SHAPES && second.kind() == SourceExpression.Kind.SHAPES;
        }
        Path a = path(first.argument());
        Path b = path(second.argument());
        return a.startsWith(b) || b.startsWith(a);
    }

    /** The whole data set that an expression takes images of, with its real path. */
    private static String origin(String source) {
        SourceExpression expression = SourceExpression.parse(source);
        return switch (expression.kind()) {
            case SUBSET, SELECTION, CLASSES ->
                origin(expression.part(kindForm(expression.kind())).source());
            case SHAPES ->
                expression.argument().isEmpty()
                        ? expression.with(Integer.toString(GeneratedShapes.DEFAULT_COUNT))
                        : source;
            case FOLDER, CIFAR10, CIFAR100, CSV -> located(source, ImageSources::real);
        };
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // a path that is no longer there has no other name
        }
    }

    private static String located(String source, UnaryOperator<Path> place) {
        SourceExpression expression = SourceExpression.parse(source);
        String argument = expression.argument();
        return switch (expression.kind()) {
            case FOLDER -> place.apply(path(argument)).toString();
            case CIFAR10, CIFAR100 ->
                argument.isEmpty()
                        ? source
                        : expression.with(place.apply(path(argument)).toString());
            case CSV ->
                CsvSource.find(argument)
                        .map(csv -> expression.with(place.apply(csv.file()) + ":" + place.apply(csv.folder())
                                + csv.columns().query()))
                        .orElse(source);
            case SHAPES -> source;
            case SUBSET, SELECTION, CLASSES -> {
                int colon = argument.indexOf(':');
                yield colon < 0
                        ? source
                        : expression.with(
                                argument.substring(0, colon + 1) + located(argument.substring(colon + 1), place));
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
                .map(file -> new LabelledFile(new ListedImage(file, file.toString(), 0), ImageSource.UNLABELLED))
                .toList();
        return new FileSource(labels, unlabelled, files.size() + " image files");
    }

    private static DataParts openCifar(
            CifarFormat format, SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        return CifarSource.open(format, cifarPlace(format, expression, progress), options);
    }

    private static String kindForm(SourceExpression.Kind kind) {
        return switch (kind) {
            case SUBSET -> "subset:N:SOURCE or subset:N/M:SOURCE";
            case SELECTION -> "selection:SHARE:SOURCE or selection:N:SOURCE";
            case CLASSES, FOLDER, CIFAR10, CIFAR100, CSV, SHAPES -> "classes:NUMBERS:SOURCE";
        };
    }

    private static DataParts subset(SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        Part part = expression.part(kindForm(expression.kind()));
        String[] counts = part.choice().split("/", 2);
        return StratifiedSubset.of(
                parts(part.source(), options, progress),
                expression.count(counts[0]),
                counts.length == 2 ? expression.count(counts[1]) : 0,
                options.seed());
    }

    private static DataParts selection(SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        Part part = expression.part(kindForm(expression.kind()));
        return SelectionPart.carve(parts(part.source(), options.withSeed(SelectionPart.SEED), progress), part.choice());
    }

    private static DataParts classes(SourceExpression expression, SplitOptions options, DownloadProgress progress) {
        Part part = expression.part(kindForm(expression.kind()));
        return ChosenClasses.of(parts(part.source(), options, progress), part.choice());
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

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(
                    "A path must be one that the system takes, found \"" + text + "\": " + e.getMessage(), e);
        }
    }
}
