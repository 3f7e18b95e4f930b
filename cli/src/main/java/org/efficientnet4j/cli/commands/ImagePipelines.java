package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.evaluate.Preprocessing;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.ModelFile;
import org.efficientnet4j.train.ModelMetadata;

/** What evaluation and prediction share in reading images. */
final class ImagePipelines {
    private static final int SHOWN = 5;

    private ImagePipelines() {}

    /** A model's metadata with another image size, unless that is null. */
    static ModelMetadata sized(ModelFile model, Integer size) {
        ModelMetadata metadata = model.metadata();
        if (size == null) {
            return metadata;
        }
        int stride = ModelCatalog.find(metadata.model()).architecture().stride();
        if (size < stride) {
            throw new InvalidInputException("The image size must be at least the network's stride of " + stride
                    + " pixels, found " + size + ": choose a larger --size");
        }
        Preprocessing original = metadata.preprocessing();
        return new ModelMetadata(
                metadata.model(),
                metadata.labels(),
                metadata.channels(),
                new Preprocessing(size, original.cropFraction(), original.normalization()),
                metadata.provenance());
    }

    static ImagePipeline forEvaluation(ImageSource images, Preprocessing preprocessing, int batch, boolean strict) {
        return ImagePipeline.builder(images)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .batch(batch)
                .strict(strict)
                .build();
    }

    static void reportSkipped(List<SkippedImage> skipped, PrintWriter err) {
        if (skipped.isEmpty()) {
            return;
        }
        err.println(skipped.size() + " images could not be read and were left out:");
        skipped.stream().limit(SHOWN).forEach(image -> err.println("  " + image.id() + ": " + image.reason()));
    }
}
