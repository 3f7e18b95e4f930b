package org.efficientnet4j.train.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Weights of the classes in the training's loss, {@code -sum over classes of w y log p}: an example's loss is multiplied by
 * its class's weight, and so is each class's share of a mixed or smoothed target. Losses and accuracies that are reported
 * stay unweighted.
 *
 * @param balanced true for weights by the images of each class, which {@link #resolved} computes
 * @param byName weights by class; a class that is not named has 1; empty for none
 */
public record ClassWeights(boolean balanced, Map<String, Double> byName) {
    /** All classes weigh the same. */
    public static final ClassWeights NONE = new ClassWeights(false, Map.of());

    /** Weights of {@code images / (classes * images of the class)}, so that all classes weigh the same together. */
    public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

    static final OptionType<ClassWeights> TYPE = OptionType.of(
            ClassWeights::parse,
            ClassWeights::toString,
            "none, balanced, or weights above 0 such as cat=1,dog=2.5 (a name with , or = in double quotes)");

    private static final String NONE_TEXT = "none";
    private static final String BALANCED_TEXT = "balanced";
    private static final Pattern ENTRY =
            Pattern.compile("\\s*(?:\"([^\"]+)\"|([^=,\"]+))\\s*=\\s*([^,\\s]+)\\s*(?:,|$)");

    /** Copies the map. */
    public ClassWeights {
        byName = new LinkedHashMap<>(byName);
        byName.forEach((name, weight) -> {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new InvalidInputException(
                        "The weight of the class " + name + " must be above 0 and finite, found " + weight);
            }
        });
    }

    /** Weights by class name. */
    public static ClassWeights of(Map<String, Double> byName) {
        return new ClassWeights(false, byName);
    }

    private static Optional<ClassWeights> parse(String text) {
        if (text.equalsIgnoreCase(NONE_TEXT)) {
            return Optional.of(NONE);
        }
        if (text.equalsIgnoreCase(BALANCED_TEXT)) {
            return Optional.of(BALANCED);
        }
        Map<String, Double> byName = new LinkedHashMap<>();
        Matcher entries = ENTRY.matcher(text);
        int end = 0;
        while (entries.find() && entries.start() == end) {
            end = entries.end();
            String name = entries.group(1) != null
                    ? entries.group(1)
                    : entries.group(2).strip();
            try {
                byName.put(name, Double.valueOf(entries.group(3)));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }
        return end < text.length() || byName.isEmpty() ? Optional.empty() : Optional.of(of(byName));
    }

    /**
     * The weights as numbers.
     *
     * @param images of each class to learn from, by label
     * @throws InvalidInputException for a name that is no class
     */
    public ClassWeights resolved(List<String> labels, long[] images) {
        byName.keySet().forEach(name -> {
            if (!labels.contains(name)) {
                throw new InvalidInputException("Class weights must name classes, found '" + name + "'; there are "
                        + String.join(", ", labels.subList(0, Math.min(labels.size(), 10)))
                        + (labels.size() > 10 ? ", ..." : ""));
            }
        });
        if (!balanced) {
            return this;
        }
        long all = 0;
        for (long count : images) {
            all += count;
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int label = 0; label < images.length; label++) {
            if (images[label] > 0) {
                weights.put(labels.get(label), (double) all / (images.length * images[label]));
            }
        }
        return of(weights);
    }

    /** A weight for each label; empty where all are 1. */
    public Optional<double[]> vector(List<String> labels) {
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(labels.stream()
                .mapToDouble(label -> byName.getOrDefault(label, 1.0))
                .toArray());
    }

    /** The notation of files and the command line. */
    @Override
    public String toString() {
        if (byName.isEmpty()) {
            return balanced ? BALANCED_TEXT : NONE_TEXT;
        }
        return byName.entrySet().stream()
                .map(entry -> (entry.getKey().matches("[^=,\"\\s]+") ? entry.getKey() : '"' + entry.getKey() + '"')
                        + "="
                        + String.format(Locale.ROOT, "%s", entry.getValue()).replaceFirst("\\.0$", ""))
                .collect(Collectors.joining(","));
    }
}
