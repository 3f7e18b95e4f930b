package org.efficientnet4j.train.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.efficientnet4j.core.Normalization;

/** Normalisations as config.yaml spells them: by name, or as {@code mean,mean,mean/std,std,std}. */
final class NormalizationText {
    static final String FORMS = "imagenet, inception or \"R,G,B/R,G,B\" (means/deviations in 0..255)";

    private NormalizationText() {}

    static Optional<Normalization> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "imagenet" -> Optional.of(Normalization.IMAGENET);
            case "inception" -> Optional.of(Normalization.INCEPTION);
            default -> numbers(text);
        };
    }

    static String write(Normalization normalization) {
        if (normalization.equals(Normalization.IMAGENET)) {
            return "imagenet";
        }
        if (normalization.equals(Normalization.INCEPTION)) {
            return "inception";
        }
        return join(normalization.mean()) + "/" + join(normalization.std());
    }

    private static Optional<Normalization> numbers(String text) {
        String[] halves = text.split("/", -1);
        if (halves.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Normalization(list(halves[0]), list(halves[1])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<Float> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(number -> Float.valueOf(number.strip()))
                .toList();
    }

    private static String join(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
