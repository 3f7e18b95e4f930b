package org.efficientnet4j.train.progressive;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The ends of a model's progressive ranges as published.
 *
 * @param paper arXiv 2104.00298, table 6
 * @param automl google/automl {@code effnetv2_configs.py}, where mixup and cutmix share one alpha
 */
public record PublishedRanges(Optional<End> paper, Optional<End> automl) {
    private static final PublishedRanges NONE = new PublishedRanges(Optional.empty(), Optional.empty());

    private static final PublishedRanges LARGE = both(new End(380, 0.5, 25, 0.5, 0), new End(384, 0.4, 20, 0.5, 0.5));

    private static final Map<String, PublishedRanges> ROWS = Map.of(
            "efficientnet_v2_s",
            both(new End(300, 0.3, 15, 0, 0), new End(300, 0.2, 10, 0, 0)),
            "efficientnet_v2_m",
            both(new End(380, 0.4, 20, 0.2, 0), new End(384, 0.3, 15, 0.2, 0.2)),
            "efficientnet_v2_l",
            LARGE,
            "efficientnet_v2_xl",
            LARGE);

    /** Checks that both are there or empty. */
    public PublishedRanges {
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
    public record End(int size, double dropout, double randAugment, double mixup, double cutmix) {
        Strengths strengths(double dropConnectRate) {
            return new Strengths(dropout, dropConnectRate, randAugment, mixup, cutmix);
        }
    }

    static PublishedRanges ofName(String model) {
        return ROWS.getOrDefault(model, NONE);
    }

    /** The end that a mode's source gives. */
    public Optional<End> end(ProgressiveMode mode) {
        return switch (mode) {
            case PAPER -> paper;
            case AUTOML -> automl;
            case OFF, EXPLICIT -> Optional.empty();
        };
    }

    private static PublishedRanges both(End paper, End automl) {
        return new PublishedRanges(Optional.of(paper), Optional.of(automl));
    }
}
