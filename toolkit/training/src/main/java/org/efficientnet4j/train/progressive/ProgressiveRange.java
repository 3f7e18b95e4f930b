package org.efficientnet4j.train.progressive;

import java.util.Map;
import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;

/**
 * Where progressive learning starts and where it ends.
 *
 * @param minSize image size of the start, in pixels
 * @param maxSize image size of the end, at least the start's
 * @param min strengths of the start
 * @param max strengths of the end
 */
public record ProgressiveRange(int minSize, int maxSize, Strengths min, Strengths max) {
    /** Sizes up to this are for small images, which strong augmentation leaves nothing of. */
    private static final int SMALL = 96;

    private static final int MIN_SIZE = 128;
    private static final double MIN_DROPOUT = 0.1;
    private static final double MIN_MAGNITUDE = 5;
    private static final double MIN_SHARE = 128 / 300.0;
    private static final int STEP = 32;

    /** Table 6's ends, a row a model. */
    private static final Map<String, End> PAPER = Map.of(
            "efficientnet_v2_s", new End(300, 0.3, 15, 0, 0),
            "efficientnet_v2_m", new End(380, 0.4, 20, 0.2, 0),
            "efficientnet_v2_l", new End(380, 0.5, 25, 0.5, 0),
            "efficientnet_v2_xl", new End(380, 0.5, 25, 0.5, 0));

    /** The ends of {@code effnetv2_configs.py}, where mixup and cutmix share one alpha. */
    private static final Map<String, End> AUTOML = Map.of(
            "efficientnet_v2_s", new End(300, 0.2, 10, 0, 0),
            "efficientnet_v2_m", new End(384, 0.3, 15, 0.2, 0.2),
            "efficientnet_v2_l", new End(384, 0.4, 20, 0.5, 0.5),
            "efficientnet_v2_xl", new End(384, 0.4, 20, 0.5, 0.5));

    private record End(int size, double dropout, double randAugment, double mixup, double cutmix) {
        Strengths strengths(double dropConnectRate) {
            return new Strengths(dropout, dropConnectRate, randAugment, mixup, cutmix);
        }
    }

    /** @throws InvalidInputException for an end below the start */
    public ProgressiveRange {
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
        if (minSize < 1 || minSize > maxSize) {
            throw new InvalidInputException("1 <= progressive.minSize <= data.size must hold, found " + minSize
                    + " and " + maxSize + ": choose a smaller --min-size or a larger --size");
        }
        if (!min.atMost(max).equals(min)) {
            throw new InvalidInputException("Progressive learning grows stronger: every minimum must be at most the"
                    + " maximum, found " + min + " and " + max);
        }
    }

    /**
     * The published range of V2-S, M and L (XL takes L's). Other models start at a size of about 128/300 of the end's, in
     * steps of 32 px, and end with their own dropout and a RandAugment magnitude of 10, or of 5 from 0 on at sizes up to
     * 96 px; these have no published range.
     *
     * <p>Source: arXiv 2104.00298, table 6; google/automl {@code effnetv2_configs.py}.
     *
     * @param mode which of the two
     * @param model its sizes and dropout
     * @param dropConnectRate stochastic depth, the same in all stages
     */
    public static ProgressiveRange published(ProgressiveMode mode, ModelDefinition model, double dropConnectRate) {
        End end = ends(mode).get(model.name());
        if (end == null) {
            return usual(model.trainSize(), model.dropout(), dropConnectRate);
        }
        return new ProgressiveRange(
                MIN_SIZE, end.size(), start(end.strengths(dropConnectRate)), end.strengths(dropConnectRate));
    }

    /** Whether a mode's source has a range for this model. */
    public static boolean isPublished(ProgressiveMode mode, ModelDefinition model) {
        return ends(mode).containsKey(model.name());
    }

    private static Map<String, End> ends(ProgressiveMode mode) {
        return switch (mode) {
            case PAPER -> PAPER;
            case AUTOML -> AUTOML;
            case OFF, EXPLICIT -> Map.of();
        };
    }

    /** The range with another size at its end and, in proportion, at its start. */
    public ProgressiveRange endingAt(int size) {
        if (size == maxSize) {
            return this;
        }
        Strengths end = size > SMALL
                ? max
                : new Strengths(
                        max.dropout(),
                        max.dropConnectRate(),
                        Math.min(5, max.randAugment()),
                        max.mixup(),
                        max.cutmix());
        Strengths start = size > SMALL ? min : new Strengths(min.dropout(), min.dropConnectRate(), 0, 0, 0);
        return new ProgressiveRange(startSize(size), size, start.atMost(end), end);
    }

    private static ProgressiveRange usual(int size, double dropout, double dropConnectRate) {
        Strengths end = new Strengths(dropout, dropConnectRate, 10, 0, 0);
        return new ProgressiveRange(startSize(size), size, start(end), end);
    }

    private static Strengths start(Strengths end) {
        return new Strengths(MIN_DROPOUT, end.dropConnectRate(), MIN_MAGNITUDE, 0, 0).atMost(end);
    }

    private static int startSize(int end) {
        return Math.min(end, STEP * (int) Math.max(1, Math.round(MIN_SHARE * end / STEP)));
    }
}
