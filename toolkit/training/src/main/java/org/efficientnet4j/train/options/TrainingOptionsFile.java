package org.efficientnet4j.train.options;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.data.source.SplitRule;

/** Reads and writes options as YAML. A file to be read may leave keys out; an unknown key is an error. */
public final class TrainingOptionsFile {
    private static final String HEADER = """
            # A training run of EfficientNet4J, with every option resolved.
            # Run it again: ./effnet train --config THIS_FILE --out ANOTHER_DIRECTORY
            """;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private TrainingOptionsFile() {}

    /**
     * The options a file sets, in a builder that flags may still change.
     *
     * @throws InvalidInputException if the file cannot be read, is not YAML, or has an unknown key or a wrong value
     */
    public static TrainingOptionsBuilder read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read the configuration " + file + ": " + FileErrors.reason(e) + ". Check the path", e);
        }
    }

    /**
     * The options a YAML text sets. A run's own file without {@code data.split} is of a version that knew the rule
     * {@link SplitRule#SHUFFLE} alone.
     *
     * @throws InvalidInputException if it is not YAML, or has an unknown key or a wrong value
     */
    public static TrainingOptionsBuilder parse(String yaml) {
        TrainingOptionsBuilder builder = TrainingOptions.builder();
        JsonNode root = tree(yaml);
        if (!root.isMissingNode() && !root.isNull()) {
            readGroup("", root, builder);
        }
        if (isWrittenHere(yaml) && builder.get("data.split").isEmpty()) {
            builder.splitRule(SplitRule.SHUFFLE);
        }
        return builder;
    }

    /** The options as YAML that {@link #parse} reads back, every key that the run uses written. */
    public static String write(TrainingOptions options) {
        ObjectNode root = YAML.createObjectNode();
        for (OptionKey<?> key : OptionKey.ALL) {
            int dot = key.path().indexOf('.');
            ObjectNode group =
                    dot < 0 ? root : root.withObjectProperty(key.path().substring(0, dot));
            key.write(options).ifPresent(value -> group.set(key.path().substring(dot + 1), value));
        }
        try {
            return HEADER + YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Options cannot be written as YAML: " + options, e);
        }
    }

    /** Tells whether a text begins as {@link #write} begins it. */
    public static boolean isWrittenHere(String yaml) {
        return yaml.startsWith(HEADER);
    }

    private static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("Not valid YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static void readGroup(String path, JsonNode group, TrainingOptionsBuilder into) {
        if (!group.isObject()) {
            throw new InvalidInputException(
                    (path.isEmpty() ? "A configuration" : path) + " must hold keys with values, found " + group);
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = group.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            readField(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into);
        }
    }

    private static void readField(String path, JsonNode value, TrainingOptionsBuilder into) {
        Optional<OptionKey<?>> key = OptionKey.ALL.stream()
                .filter(known -> known.path().equals(path))
                .findFirst();
        if (key.isPresent()) {
            key.get().read(into, value);
        } else if (OptionKey.ALL.stream().anyMatch(known -> known.path().startsWith(path + "."))) {
            readGroup(path, value, into);
        } else {
            throw new InvalidInputException(
                    "Unknown key '" + path + "'; the nearest known one is '" + nearest(path) + "'");
        }
    }

    /** By spelling, whole paths and last names alike, so that a key in the wrong group is found too. */
    private static String nearest(String path) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String name = path.substring(path.lastIndexOf('.') + 1);
        return OptionKey.ALL.stream()
                .map(OptionKey::path)
                .min(Comparator.comparing((String known) -> Math.min(
                                distance.apply(path, known),
                                distance.apply(name, known.substring(known.lastIndexOf('.') + 1))))
                        .thenComparing(known -> distance.apply(path, known)))
                .orElseThrow();
    }
}
