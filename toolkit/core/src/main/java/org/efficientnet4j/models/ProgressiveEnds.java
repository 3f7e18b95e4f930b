package org.efficientnet4j.models;

import java.util.Objects;
import java.util.Optional;

/**
 * Published last phases of a variant's progressive training; a variant without any has two empty ones.
 *
 * @param paper of arXiv 2104.00298, table 6
 * @param automl of google/automl {@code effnetv2_configs.py}, where mixup and cutmix share one alpha
 */
public record ProgressiveEnds(Optional<End> paper, Optional<End> automl) {
    /** No published progressive training. */
    public static final ProgressiveEnds NONE = new ProgressiveEnds(Optional.empty(), Optional.empty());

    /** Checks that both are there or empty. */
    public ProgressiveEnds {
        Objects.requireNonNull(paper, "paper");
        Objects.requireNonNull(automl, "automl");
    }

    /**
     * The last phase of a published run.
     *
     * @param size image height and width in pixels
     * @param dropout drop rate before the classifier
     * @param randAugment magnitude
     * @param mixup alpha
     * @param cutmix alpha
     */
    public record End(int size, double dropout, double randAugment, double mixup, double cutmix) {}

    /** Both sources' last phases. */
    public static ProgressiveEnds of(End paper, End automl) {
        return new ProgressiveEnds(Optional.of(paper), Optional.of(automl));
    }
}
