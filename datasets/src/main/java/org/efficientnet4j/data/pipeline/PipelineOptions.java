package org.efficientnet4j.data.pipeline;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.FrameTarget;

/** A pipeline's settings, checked; {@link ImagePipeline.Builder} documents each. */
record PipelineOptions(
        FrameTarget target,
        int batch,
        long seed,
        int workers,
        int prefetch,
        AugmentationPolicy augmentation,
        Normalization normalization,
        int channels,
        boolean shuffle,
        boolean balanced,
        boolean strict,
        boolean dropLast,
        int imagesPerEpoch) {
    /** Images of an epoch that is one pass over the source. */
    static final int ALL = 0;

    PipelineOptions {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(normalization, "normalization");
        ImageChannels.require(channels, augmentation);
        requirePositive("batch size", batch);
        requirePositive("number of workers", workers);
        requirePositive("number of batches to prefetch", prefetch);
        if (imagesPerEpoch < 0) {
            throw new InvalidInputException(
                    "the number of images of an epoch must be at least 1, or 0 for all, but is " + imagesPerEpoch);
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new InvalidInputException("the " + what + " must be at least 1, but is " + value);
        }
    }
}
