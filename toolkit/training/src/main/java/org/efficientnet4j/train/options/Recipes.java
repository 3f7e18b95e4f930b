package org.efficientnet4j.train.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Settings that go well together, by name: configuration files that come with the toolkit. Each begins with a comment that
 * says what it is for.
 */
public final class Recipes {
    private static final List<String> NAMES =
            List.of("v1-imagenet", "v2-imagenet", "photographs", "fine-details", "small-images", "first-run");

    private Recipes() {}

    /** Every name. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Purpose of a recipe, in a line.
     *
     * @throws InvalidInputException for an unknown name
     */
    public static String purpose(String name) {
        return text(name).lines().findFirst().orElseThrow().substring(1).strip();
    }

    /**
     * A recipe as YAML.
     *
     * @throws InvalidInputException for an unknown name, with the nearest one
     */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
            String nearest = NAMES.stream()
                    .min(Comparator.comparing(known -> distance.apply(name, known)))
                    .orElseThrow();
            throw new InvalidInputException("Unknown recipe '" + name + "'; the nearest is '" + nearest
                    + "', 'effnet recipes' lists all " + NAMES.size());
        }
        try (InputStream file = Recipes.class.getResourceAsStream("recipes/" + name + ".yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The options a recipe sets, in a builder that a file or flags may still change.
     *
     * @throws InvalidInputException for an unknown name
     */
    public static TrainingOptionsBuilder options(String name) {
        return TrainingOptionsFile.parse(text(name));
    }
}
