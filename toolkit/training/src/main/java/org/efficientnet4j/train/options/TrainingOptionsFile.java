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
     * @throws InvalidInputException if the file cannot be read, is not YAML, or has unknown keys or wrong values
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
     * @throws InvalidInputException if it is not YAML, or has unknown keys or wrong values
     */
    public static TrainingOptionsBuilder parse(String yaml) {
        TrainingOptionsBuilder builder = TrainingOptions.builder();
        JsonNode root = tree(yaml);
        if (!root.isMissingNode() && !root.isNull()) {
            Problems problems = new Problems();
            readGroup("", root, builder, problems);
            problems.throwIfAny();
        }
        if (isWrittenHere(yaml) && !builder.isSet(DataOptions.SPLIT)) {
            builder.set(DataOptions.SPLIT, SplitRule.SHUFFLE);
        }
        return builder;
    }

    /** The options as YAML that {@link #parse} reads back, every key that the run uses written. */
    public static String write(TrainingOptions options) {
        ObjectNode root = YAML.createObjectNode();
        TrainingOption.all().forEach(option -> write(option, options, root));
        try {
            return HEADER + YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Options cannot be written as YAML: " + options, e);
        }
    }

    private static <T> void write(TrainingOption<T> option, TrainingOptions options, ObjectNode root) {
        int dot = option.path().indexOf('.');
        // Made for a group without values, too: so do earlier versions, whose files it must equal.
        ObjectNode group =
                dot < 0 ? root : root.withObjectProperty(option.path().substring(0, dot));
        Optional<T> value = options.find(option);
        if (value.isEmpty()
                || (option.silentByDefault()
                        && value.equals(option.defaultValue().apply(options)))) {
            return;
        }
        group.set(option.path().substring(dot + 1), option.type().write().apply(value.get()));
    }

    /** True for a text that begins as {@link #write} begins it. */
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

    private static void readGroup(String path, JsonNode group, TrainingOptionsBuilder into, Problems problems) {
        if (!group.isObject()) {
            problems.add((path.isEmpty() ? "A configuration" : path) + " must hold keys with values, found " + group);
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = group.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            readField(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into, problems);
        }
    }

    private static void readField(String path, JsonNode value, TrainingOptionsBuilder into, Problems problems) {
        Optional<TrainingOption<?>> option = TrainingOption.all().stream()
                .filter(known -> known.path().equals(path))
                .findFirst();
        if (option.isPresent()) {
            problems.attempt(() -> read(option.get(), value, into));
        } else if (TrainingOption.all().stream().anyMatch(known -> known.path().startsWith(path + "."))) {
            readGroup(path, value, into, problems);
        } else {
            problems.add("Unknown key '" + path + "'; the nearest known one is '" + nearest(path) + "'");
        }
    }

    private static <T> TrainingOptionsBuilder read(
            TrainingOption<T> option, JsonNode value, TrainingOptionsBuilder into) {
        return into.set(option, option.type().read(option.path(), value));
    }

    /** By spelling, whole paths and last names alike, so that a key in the wrong group is found too. */
    private static String nearest(String path) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        String name = path.substring(path.lastIndexOf('.') + 1);
        return TrainingOption.all().stream()
                .map(TrainingOption::path)
                .min(Comparator.comparing((String known) -> Math.min(
                                distance.apply(path, known),
                                distance.apply(name, known.substring(known.lastIndexOf('.') + 1))))
                        .thenComparing(known -> distance.apply(path, known)))
                .orElseThrow();
    }
}
