package org.efficientnet4j.models;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Finds models by name. Names are timm's, torchvision's and Keras's, in any case, with {@code -} for {@code _}:
 * {@code efficientnet_b0}, {@code efficientnet_v2_s}, {@code efficientnetv2_s}, {@code tf_efficientnetv2_b0},
 * {@code EfficientNetV2B0}.
 */
public final class ModelCatalog {
    private static final int SUGGESTIONS = 3;
    private static final Pattern UNSEPARATED = Pattern.compile("efficientnet_?(v2)?_?(?=.)");
    private static final Map<String, EfficientNetVariant> BY_NAME = byName();

    private ModelCatalog() {}

    /**
     * A published model's definition, or the one a YAML file holds.
     *
     * @param nameOrFile a model's name, or the path of a {@code .yaml} or {@code .yml} file
     * @throws InvalidInputException for an unknown name, with the nearest ones, or a file {@link ArchitectureFile} refuses
     */
    public static ModelDefinition find(String nameOrFile) {
        if (ArchitectureFile.isOne(nameOrFile)) {
            return ArchitectureFile.read(Path.of(nameOrFile));
        }
        EfficientNetVariant variant = BY_NAME.get(canonical(nameOrFile));
        if (variant == null) {
            throw new InvalidInputException("Unknown model '" + nameOrFile + "'; the nearest names are "
                    + String.join(", ", nearest(nameOrFile)) + ", or give a .yaml file of your own");
        }
        return variant.definition();
    }

    /** The known names nearest to a mistyped one, nearest first. */
    public static List<String> nearest(String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String wanted = canonical(name);
        return BY_NAME.keySet().stream()
                .sorted(Comparator.comparing(known -> distance.apply(wanted, known)))
                .limit(SUGGESTIONS)
                .toList();
    }

    private static String canonical(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        String untagged = plain.startsWith("tf_") ? plain.substring("tf_".length()) : plain;
        return UNSEPARATED
                .matcher(untagged)
                .replaceFirst(prefix -> prefix.group(1) == null ? "efficientnet_" : "efficientnet_v2_");
    }

    private static Map<String, EfficientNetVariant> byName() {
        return List.of(EfficientNetVariant.values()).stream()
                .collect(Collectors.toMap(
                        variant -> variant.definition().name(), variant -> variant, (a, b) -> a, LinkedHashMap::new));
    }
}
