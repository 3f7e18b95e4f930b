package org.efficientnet4j.models;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Finds models by name. Names are timm's, torchvision's and Keras's, in any case, with or without {@code -} and {@code _}:
 * {@code efficientnet_b0}, {@code efficientnetv2_s}, {@code tf_efficientnetv2_b0}, {@code EfficientNetV2B0}.
 */
public final class ModelCatalog {
    private static final int SUGGESTIONS = 3;
    private static final String TENSORFLOW_PREFIX = "tf_";

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
        Variant variant = byName().get(canonical(nameOrFile));
        if (variant == null) {
            throw new InvalidInputException("Unknown model '" + nameOrFile + "'; the nearest names are "
                    + String.join(", ", nearest(nameOrFile)) + ", or give a .yaml file of your own");
        }
        return variant.model();
    }

    /** Every published network, family by family. */
    public static List<Variant> variants() {
        return Families.all().stream()
                .flatMap(family -> family.variants().stream())
                .toList();
    }

    /** The known names nearest to a mistyped one: those that contain it first, then by edit distance. */
    public static List<String> nearest(String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String wanted = canonical(name);
        return byName().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Variant> known) ->
                                !known.getKey().contains(wanted))
                        .thenComparing(known -> distance.apply(wanted, known.getKey())))
                .map(known -> known.getValue().model().name())
                .distinct()
                .limit(SUGGESTIONS)
                .toList();
    }

    private static String canonical(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        String untagged = plain.startsWith(TENSORFLOW_PREFIX) ? plain.substring(TENSORFLOW_PREFIX.length()) : plain;
        return untagged.replace("_", "");
    }

    private static Map<String, Variant> byName() {
        Map<String, Variant> names = new LinkedHashMap<>();
        for (Variant variant : variants()) {
            names.put(canonical(variant.model().name()), variant);
            variant.aliases().forEach(alias -> names.put(canonical(alias), variant));
        }
        return names;
    }
}
