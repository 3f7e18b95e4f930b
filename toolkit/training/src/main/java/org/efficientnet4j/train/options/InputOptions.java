package org.efficientnet4j.train.options;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.source.SplitRule;

/**
 * A network's input; {@code data} in config.yaml.
 *
 * @param source where the images come from, as the command line writes it: a directory, {@code cifar10[:DIR]},
 *     {@code csv:FILE:DIR}, {@code shapes[:N]}
 * @param validationFraction share of the images held out where the source has no validation part, in (0, 1)
 * @param split the rule by which these are chosen
 * @param classes how many classes there are, at least 2
 * @param size training image size in pixels
 * @param evaluationSize validation image size in pixels
 * @param cropFraction side of the evaluation's centre crop as a share of the resized image's, in (0, 1]
 * @param batch images a step
 * @param normalization what the network expects of its pixels
 * @param augmentation how training images are varied
 * @param workers decoding threads; they never change the pixels
 * @param strict whether an unreadable image stops the run instead of being skipped
 */
public record InputOptions(
        String source,
        double validationFraction,
        SplitRule split,
        int classes,
        int size,
        int evaluationSize,
        double cropFraction,
        int batch,
        Normalization normalization,
        Augmentation augmentation,
        int workers,
        boolean strict) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public InputOptions {
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(augmentation, "augmentation");
        Checks.notBlank("data.source", source);
        Checks.rate("data.validationFraction", validationFraction);
        Checks.positive("data.validationFraction", validationFraction);
        Checks.atLeast("data.classes", classes, 2);
        Checks.atLeast("data.size", size, 1);
        Checks.atLeast("data.evaluationSize", evaluationSize, 1);
        Checks.atLeast("data.batch", batch, 1);
        Checks.atLeast("data.workers", workers, 1);
        if (!(cropFraction > 0 && cropFraction <= 1)) {
            throw new InvalidInputException("data.cropFraction must lie in (0, 1], found " + cropFraction);
        }
    }
}
