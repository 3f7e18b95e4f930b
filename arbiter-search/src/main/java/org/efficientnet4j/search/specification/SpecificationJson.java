package org.efficientnet4j.search.specification;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.space.CostLimits;

/** Specifications as JSON. The base network is an architecture file's text. */
final class SpecificationJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SpecificationJson() {}

    static String format(StudySpecification search) {
        CostLimits cost = search.budgets().cost();
        OptionalDouble latency = search.budgets().latencyMillis();
        Document document = new Document(
                StudySpecification.SCHEMA,
                ArchitectureFile.format(search.base()),
                search.classes(),
                search.space(),
                limit(cost.maxMacs()),
                limit(cost.maxActivationBytes()),
                latency.isPresent() ? latency.getAsDouble() : null,
                search.trials(),
                search.proxy(),
                search.reward(),
                search.pruner(),
                search.seed(),
                search.seedsPerTrial());
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A specification of numbers and texts must be writable", e);
        }
    }

    static Budgets parseBudgets(String text) {
        return isOfFlags(text) ? FlagSettings.read(text).budgets() : parse(text).budgets();
    }

    private static boolean isOfFlags(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.has(FlagSettings.SEARCH) && !tree.has("schema");
        } catch (JsonProcessingException e) {
            return false; // parsing tells why
        }
    }

    static StudySpecification parse(String text) {
        if (isOfFlags(text)) {
            return FlagSettings.read(text).specification();
        }
        try {
            JsonNode tree = JSON.readTree(text);
            SpecificationUpgrade.toCurrent(tree);
            JsonNode schema = tree.path("schema");
            if (!schema.isInt() || schema.intValue() != StudySpecification.SCHEMA) {
                throw new InvalidInputException("A study's specification must have the schema "
                        + StudySpecification.SCHEMA + ", found " + (schema.isMissingNode() ? "none" : schema)
                        + ": it was written by another version of this program, use that one");
            }
            return JSON.treeToValue(tree, Document.class).specification();
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof InvalidInputException invalid) {
                throw new InvalidInputException("The study's specification: " + invalid.getMessage(), e);
            }
            throw new InvalidInputException(
                    "The study's specification cannot be read" + at(e) + ": " + e.getOriginalMessage()
                            + "; name another --study",
                    e);
        }
    }

    private static String at(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "";
        }
        return mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(".", " at '", "'"));
    }

    private static Long limit(long value) {
        return value == Long.MAX_VALUE ? null : value;
    }

    /** The JSON's keys; boxed where null means no budget. */
    @JsonPropertyOrder({
        "schema",
        "base",
        "classes",
        "space",
        "maxMacs",
        "maxActivationBytes",
        "maxLatencyMillis",
        "trials",
        "proxy",
        "reward",
        "pruner",
        "seed",
        "seedsPerTrial"
    })
    private record Document(
            int schema,
            String base,
            int classes,
            SpaceSpecification space,
            Long maxMacs,
            Long maxActivationBytes,
            Double maxLatencyMillis,
            int trials,
            ProxySettings proxy,
            Reward reward,
            Pruner pruner,
            long seed,
            int seedsPerTrial) {
        StudySpecification specification() {
            requirePresent("base", base);
            requirePresent("space", space);
            requirePresent("proxy", proxy);
            requirePresent("reward", reward);
            requirePresent("pruner", pruner);
            CostLimits cost = new CostLimits(orNone(maxMacs), orNone(maxActivationBytes));
            return new StudySpecification(
                    ArchitectureFile.parse(base),
                    classes,
                    space,
                    new Budgets(
                            cost,
                            maxLatencyMillis == null ? OptionalDouble.empty() : OptionalDouble.of(maxLatencyMillis)),
                    trials,
                    proxy,
                    reward,
                    pruner,
                    seed,
                    seedsPerTrial);
        }

        private static void requirePresent(String key, Object value) {
            if (value == null) {
                throw new InvalidInputException("The study's specification must have '" + key + "', found none");
            }
        }

        private static long orNone(Long limit) {
            return limit == null ? Long.MAX_VALUE : limit;
        }
    }
}
