package org.efficientnet4j.core;

import java.util.List;

/**
 * Normalisation of a network's input: {@code (pixel - mean) / std} per colour channel, pixels in 0..255.
 *
 * @param mean red, green, blue, in 0..255
 * @param std red, green, blue, in 0..255, above 0
 */
public record Normalization(List<Float> mean, List<Float> std) {
    /** ImageNet's statistics: EfficientNet V1 and V2-B0 to B3, and torchvision models but its V2-L. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f));

    /** {@code (pixel - 128) / 128}: EfficientNetV2-S to XL. */
    public static final Normalization INCEPTION =
            new Normalization(List.of(128f, 128f, 128f), List.of(128f, 128f, 128f));

    /** {@code pixel / 255}: 0 to 1, nothing subtracted. */
    public static final Normalization UNIT_RANGE = new Normalization(List.of(0f, 0f, 0f), List.of(255f, 255f, 255f));

    /** @throws InvalidInputException unless there are three finite means and three finite, positive deviations */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3) {
            throw new InvalidInputException("A normalisation needs 3 means and 3 deviations (red, green, blue), found "
                    + mean.size() + " and " + std.size());
        }
        if (!mean.stream().allMatch(Float::isFinite)) {
            throw new InvalidInputException("A normalisation's means must be finite, found " + mean);
        }
        if (!std.stream().allMatch(value -> value > 0 && Float.isFinite(value))) {
            throw new InvalidInputException("A normalisation's deviations must be finite and above 0, found " + std);
        }
    }
}
