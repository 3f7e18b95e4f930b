package org.efficientnet4j.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.spec.StageSpec;

/**
 * A network of one's own in YAML:
 *
 * <pre>
 * name: tiny
 * size: 64              # image size of training and evaluation, pixels
 * evalSize: 96          # optional
 * stem: 16              # channels
 * blocks:               # the published notation
 *   - r1_k3_s1_e1_i16_o16_c1
 *   - r2_k3_s2_e4_i16_o32_se0.25
 * head: 256             # channels
 * width: 1.0            # optional multipliers
 * depth: 1.0
 * dropout: 0.2          # optional
 * normalization: imagenet   # or inception; optional
 * </pre>
 */
public final class ArchitectureFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final long MOST_BYTES = 1 << 20;

    /** Far beyond any network that can be built, so that a slip does not fill the memory. */
    private static final int MOST_BLOCKS = 10_000;

    private static final int MOST_CHANNELS = 1_000_000;
    private static final int LARGEST_KERNEL = 1_001;
    private static final int LARGEST_EXPANSION = 1_000;

    private ArchitectureFile() {}

    /** Tells if a model argument means a file: it ends in {@code .yaml} or {@code .yml}. */
    public static boolean isOne(String model) {
        return model.endsWith(".yaml") || model.endsWith(".yml");
    }

    /**
     * Reads a definition.
     *
     * @throws InvalidInputException naming the file and the key at fault
     */
    public static ModelDefinition read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidInputException("the file must have at most " + Numbers.grouped(MOST_BYTES)
                        + " bytes, found " + Numbers.grouped(Files.size(file)));
            }
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("There is no architecture file " + file, e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read the architecture file " + file + ": " + FileErrors.reason(e), e);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("Architecture file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes a definition as {@link #read} reads it. */
    public static String format(ModelDefinition model) {
        ArchitectureSpec spec = model.spec();
        Document document = new Document(
                model.name(),
                model.trainSize(),
                model.evalSize(),
                spec.stemChannels(),
                BlockNotation.format(spec.stemChannels(), spec.stages()),
                spec.headChannels(),
                model.scaling().width(),
                model.scaling().depth(),
                model.rounding() == ChannelRounding.GUARDED,
                model.dropout(),
                model.normalization().equals(Normalization.INCEPTION) ? INCEPTION : IMAGENET);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A definition of numbers and strings must be writable", e);
        }
    }

    /**
     * Reads a definition from a file's text, as {@link #format} writes it.
     *
     * @throws InvalidInputException naming the key at fault
     */
    public static ModelDefinition parse(String yaml) {
        try {
            Document document = YAML.readValue(yaml, Document.class);
            if (document == null) {
                throw new InvalidInputException("the file is empty");
            }
            return document.definition();
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException("unknown key '" + e.getPropertyName() + "'; known are " + known, e);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("."));
            throw new InvalidInputException("key '" + path + "': " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("not valid YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static final String IMAGENET = "imagenet";
    private static final String INCEPTION = "inception";

    /** The file's keys; boxed where a key may be left out. */
    @JsonPropertyOrder({
        "name",
        "size",
        "evalSize",
        "stem",
        "blocks",
        "head",
        "width",
        "depth",
        "guardedRounding",
        "dropout",
        "normalization"
    })
    private record Document(
            @JsonProperty("name") String name,
            @JsonProperty("size") Integer size,
            @JsonProperty("evalSize") Integer evalSize,
            @JsonProperty("stem") Integer stem,
            @JsonProperty("blocks") List<String> blocks,
            @JsonProperty("head") Integer head,
            @JsonProperty("width") Double width,
            @JsonProperty("depth") Double depth,
            @JsonProperty("guardedRounding") Boolean guardedRounding,
            @JsonProperty("dropout") Double dropout,
            @JsonProperty("normalization") String normalization) {

        ModelDefinition definition() {
            int stemChannels = required("stem", stem);
            if (required("blocks", blocks).stream().anyMatch(Objects::isNull)) {
                throw new InvalidInputException(
                        "key 'blocks': each must be a text such as r1_k3_s1_e1_i16_o16, found" + " an empty one");
            }
            ArchitectureSpec spec = new ArchitectureSpec(
                    stemChannels,
                    BlockNotation.parse(stemChannels, required("blocks", blocks)),
                    required("head", head));
            requireBuildable(spec);
            int trainSize = required("size", size);
            return new ModelDefinition(
                    required("name", name),
                    spec,
                    new CompoundScaling(orElse(width, 1.0), orElse(depth, 1.0), 1),
                    orElse(guardedRounding, false) ? ChannelRounding.GUARDED : ChannelRounding.PLAIN,
                    trainSize,
                    orElse(evalSize, trainSize),
                    orElse(dropout, 0.0),
                    normalizationNamed(orElse(normalization, IMAGENET)));
        }

        private void requireBuildable(ArchitectureSpec spec) {
            double depthFactor = orElse(depth, 1.0);
            double widthFactor = orElse(width, 1.0);
            double deepest =
                    spec.stages().stream().mapToDouble(StageSpec::repeats).sum() * depthFactor;
            atMost("key 'blocks': the network's blocks, times depth,", deepest, MOST_BLOCKS);
            atMost("key 'stem': channels, times width,", spec.stemChannels() * widthFactor, MOST_CHANNELS);
            atMost("key 'head': channels, times width,", spec.headChannels() * widthFactor, MOST_CHANNELS);
            for (StageSpec stage : spec.stages()) {
                atMost("key 'blocks': channels, times width,", stage.outChannels() * widthFactor, MOST_CHANNELS);
                atMost("key 'blocks': a kernel", stage.kernel(), LARGEST_KERNEL);
                atMost("key 'blocks': an expand ratio", stage.expandRatio(), LARGEST_EXPANSION);
            }
        }

        private static void atMost(String what, double found, int most) {
            if (!(found <= most)) {
                throw new InvalidInputException(what + " must be at most " + Numbers.grouped(most) + ", found "
                        + Numbers.grouped((long) found));
            }
        }

        private static Normalization normalizationNamed(String name) {
            return switch (name) {
                case IMAGENET -> Normalization.IMAGENET;
                case INCEPTION -> Normalization.INCEPTION;
                default ->
                    throw new InvalidInputException(
                            "key 'normalization': must be imagenet or inception, found '" + name + "'");
            };
        }

        private static <T> T required(String key, T value) {
            if (value == null) {
                throw new InvalidInputException("key '" + key + "' is missing");
            }
            return value;
        }

        private static <T> T orElse(T value, T fallback) {
            return value == null ? fallback : value;
        }
    }
}
