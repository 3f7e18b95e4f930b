package org.efficientnet4j.train.progressive;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ProgressiveEnds;
import org.efficientnet4j.models.ProgressiveEnds.End;
import org.efficientnet4j.models.Variant;

/**
 * The first and last values of progressive learning.
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

    /** The ranges that papers and their code give for a model; a model without any has empty ones. */
    private static ProgressiveEnds published(ModelDefinition model) {
        return Families.variant(model).map(Variant::progressive).orElse(ProgressiveEnds.NONE);
    }

    private static Optional<End> published(ModelDefinition model, ProgressiveMode mode) {
        return switch (mode) {
            case PAPER -> published(model).paper();
            case AUTOML -> published(model).automl();
            case OFF, EXPLICIT -> Optional.empty();
        };
    }

    private static Strengths strengths(End end, double dropConnectRate) {
        return new Strengths(end.dropout(), dropConnectRate, end.randAugment(), end.mixup(), end.cutmix());
    }

    /**
     * The range of a run that says nothing else: the published one of V2-S, M and L (XL takes L's). Other models start at a
     * size of about 128/300 of the end's, but at twice the network's stride or more, in multiples of the stride, and end
     * with their own dropout and a RandAugment magnitude of 10, or of 5 from 0 on at sizes up to 96 px; these have no
     * published range.
     *
     * <p>Source: arXiv 2104.00298, table 6; google/automl {@code effnetv2_configs.py}.
     *
     * @param mode which of the two
     * @param model its sizes, stride and dropout
     * @param dropConnectRate stochastic depth, the same in all phases
     */
    public static ProgressiveRange byDefault(ProgressiveMode mode, ModelDefinition model, double dropConnectRate) {
        return published(model, mode)
                .map(end -> strengths(end, dropConnectRate))
                .map(end -> new ProgressiveRange(
                        MIN_SIZE, published(model, mode).orElseThrow().size(), start(end), end))
                .orElseGet(() -> usual(model, dropConnectRate));
    }

    /** True if a mode's source has a range for this model. */
    public static boolean isPublished(ProgressiveMode mode, ModelDefinition model) {
        return published(model, mode).isPresent();
    }

    /** True if some published range of this model ends at a size. */
    public static boolean isPublished(ModelDefinition model, int endSize) {
        return Stream.of(ProgressiveMode.PAPER, ProgressiveMode.AUTOML)
                .flatMap(mode -> published(model, mode).stream())
                .anyMatch(end -> end.size() == endSize);
    }

    /**
     * The range with another size at its end and, in proportion, at its start.
     *
     * @param size of the end, in pixels
     * @param stride of the network, in pixels: the start is a multiple of it, and twice of it or more where the end is
     */
    public ProgressiveRange endingAt(int size, int stride) {
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
        return new ProgressiveRange(startSize(size, stride), size, start.atMost(end), end);
    }

    private static ProgressiveRange usual(ModelDefinition model, double dropConnectRate) {
        int size = model.trainSize();
        Strengths end = new Strengths(model.dropout(), dropConnectRate, 10, 0, 0);
        return new ProgressiveRange(startSize(size, model.plan().stride()), size, start(end), end);
    }

    private static Strengths start(Strengths end) {
        return new Strengths(MIN_DROPOUT, end.dropConnectRate(), MIN_MAGNITUDE, 0, 0).atMost(end);
    }

    private static int startSize(int end, int stride) {
        return Math.min(end, stride * (int) Math.max(2, Math.round(MIN_SHARE * end / stride)));
    }
}
