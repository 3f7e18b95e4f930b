package org.efficientnet4j.data.augment.automatic;

import java.util.Arrays;
import java.util.List;

/**
 * The policies that AutoAugment's search found, a sub-policy a line: two operations with probability and magnitude; a dash
 * where an operation has none.
 *
 * <p>Source: arXiv 1805.09501, tables 7 (CIFAR-10) and 9 (ImageNet).
 */
public enum LearntPolicy {
    /** For ImageNet, and photographs like it. */
    IMAGENET("""
            Posterize    0.4 8   Rotate       0.6 9
            Solarize     0.6 5   AutoContrast 0.6 -
            Equalize     0.8 -   Equalize     0.6 -
            Posterize    0.6 7   Posterize    0.6 6
            Equalize     0.4 -   Solarize     0.2 4
            Equalize     0.4 -   Rotate       0.8 8
            Solarize     0.6 3   Equalize     0.6 -
            Posterize    0.8 5   Equalize     1.0 -
            Rotate       0.2 3   Solarize     0.6 8
            Equalize     0.6 -   Posterize    0.4 6
            Rotate       0.8 8   Color        0.4 0
            Rotate       0.4 9   Equalize     0.6 -
            Equalize     0.0 -   Equalize     0.8 -
            Invert       0.6 -   Equalize     1.0 -
            Color        0.6 4   Contrast     1.0 8
            Rotate       0.8 8   Color        1.0 2
            Color        0.8 8   Solarize     0.8 7
            Sharpness    0.4 7   Invert       0.6 -
            ShearX       0.6 5   Equalize     1.0 -
            Color        0.4 0   Equalize     0.6 -
            Equalize     0.4 -   Solarize     0.2 4
            Solarize     0.6 5   AutoContrast 0.6 -
            Invert       0.6 -   Equalize     1.0 -
            Color        0.6 4   Contrast     1.0 8
            Equalize     0.8 -   Equalize     0.6 -
            """),
    /** For CIFAR-10, and small pictures like it. */
    CIFAR10("""
            Invert       0.1 -   Contrast     0.2 6
            Rotate       0.7 2   TranslateX   0.3 9
            Sharpness    0.8 1   Sharpness    0.9 3
            ShearY       0.5 8   TranslateY   0.7 9
            AutoContrast 0.5 -   Equalize     0.9 -
            ShearY       0.2 7   Posterize    0.3 7
            Color        0.4 3   Brightness   0.6 7
            Sharpness    0.3 9   Brightness   0.7 9
            Equalize     0.6 -   Equalize     0.5 -
            Contrast     0.6 7   Sharpness    0.6 5
            Color        0.7 7   TranslateX   0.5 8
            Equalize     0.3 -   AutoContrast 0.4 -
            TranslateY   0.4 3   Sharpness    0.2 6
            Brightness   0.9 6   Color        0.2 8
            Solarize     0.5 2   Invert       0.0 -
            Equalize     0.2 -   AutoContrast 0.6 -
            Equalize     0.2 -   Equalize     0.6 -
            Color        0.9 9   Equalize     0.6 -
            AutoContrast 0.8 -   Solarize     0.2 8
            Brightness   0.1 3   Color        0.7 0
            Solarize     0.4 5   AutoContrast 0.9 -
            TranslateY   0.9 9   TranslateY   0.7 9
            AutoContrast 0.9 -   Solarize     0.8 3
            Equalize     0.8 -   Invert       0.1 -
            TranslateY   0.7 9   AutoContrast 0.9 -
            """);

    private static final int FIELDS = 3;

    private final List<List<Step>> subPolicies;

    LearntPolicy(String rows) {
        subPolicies = rows.lines().map(LearntPolicy::row).toList();
    }

    /**
     * One operation of a sub-policy.
     *
     * @param operation what is done
     * @param probability how often, 0 to 1
     * @param magnitude how strongly, 0 to 9; 0 for an operation without
     */
    record Step(LearntOperation operation, double probability, int magnitude) {}

    /** Lists of two steps. */
    List<List<Step>> subPolicies() {
        return subPolicies;
    }

    private static List<Step> row(String text) {
        String[] fields = text.split(" +");
        return List.of(step(fields, 0), step(fields, FIELDS));
    }

    private static Step step(String[] fields, int from) {
        LearntOperation operation = Arrays.stream(LearntOperation.values())
                .filter(each -> each.published().equals(fields[from]))
                .findFirst()
                .orElseThrow();
        String magnitude = fields[from + 2];
        return new Step(
                operation,
                Double.parseDouble(fields[from + 1]),
                magnitude.equals("-") ? 0 : Integer.parseInt(magnitude));
    }
}
