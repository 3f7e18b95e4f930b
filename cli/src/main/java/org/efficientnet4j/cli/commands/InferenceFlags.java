package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import picocli.CommandLine.Option;

/** The flags of every command that shows images to a trained network. */
final class InferenceFlags {
    private static final int SHOWN = 5;
    private static final double LARGE_SHARE = 0.1;

    @Option(names = "--size", paramLabel = "N", description = "Image height and width (the model file's).")
    private Integer size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Images together (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--strict", description = "Stop where an image cannot be read instead of naming it and going on.")
    private boolean strict;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    int batch() {
        return batch;
    }

    boolean strict() {
        return strict;
    }

    boolean json() {
        return json;
    }

    /** The model file's metadata, with the size asked for. */
    ModelMetadata metadata(ModelFile model) {
        ModelMetadata metadata = model.metadata();
        if (size == null) {
            return metadata;
        }
        int smallest = metadata.model().plan().minimumSize();
        if (size < smallest) {
            throw new InvalidInputException("The image size must be at least the network's smallest of " + smallest
                    + " pixels, found " + size + ": choose a larger --size");
        }
        Preprocessing original = metadata.preprocessing();
        return metadata.withPreprocessing(new Preprocessing(size, original.cropFraction(), original.normalization()));
    }

    /** Images as the model wants to see them. */
    ImagePipeline pipeline(ModelFile model, ImageSource images) {
        Preprocessing preprocessing = metadata(model).preprocessing();
        return ImagePipeline.builder(images)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .channels(model.metadata().channels())
                .batch(batch)
                .strict(strict)
                .build();
    }

    /** Names the first few images that could not be read, and warns where they are many. */
    static void reportSkipped(List<SkippedImage> skipped, int images, PrintWriter err) {
        if (skipped.isEmpty()) {
            return;
        }
        err.println(
                skipped.size() == 1
                        ? "1 image could not be read and was left out:"
                        : String.format(
                                Locale.ROOT, "%,d images could not be read and were left out:", skipped.size()));
        skipped.stream()
                .limit(SHOWN)
                .forEach(image -> err.println(Printable.line("  " + image.id() + ": " + image.reason())));
        if (skipped.size() >= LARGE_SHARE * images) {
            err.printf(
                    Locale.ROOT,
                    "Warning: A large share of the data is left out: %,d of %,d images.%n",
                    skipped.size(),
                    images);
        }
    }
}
