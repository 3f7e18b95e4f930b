package org.efficientnet4j.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.plan.NetworkPlan;

/**
 * Canonical description of a model as JSON, the same text for the same model. Model files, checkpoints, run directories and
 * studies hold it, so that none of them depends on a name or a file elsewhere.
 */
public final class ModelText {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private ModelText() {}

    /** The text's fields. */
    private record Document(
            int format,
            String name,
            String family,
            int trainSize,
            int evalSize,
            double dropout,
            BatchNormSettings batchNorm,
            Normalization normalization,
            NetworkPlan plan) {}

    /** The description of a model. */
    public static String write(ModelDefinition model) {
        try {
            return JSON.writeValueAsString(new Document(
                    FORMAT,
                    model.name(),
                    model.family(),
                    model.trainSize(),
                    model.evalSize(),
                    model.dropout(),
                    model.batchNorm(),
                    model.normalization(),
                    model.plan()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A description of numbers and strings must be writable", e);
        }
    }

    /**
     * The model of a description.
     *
     * @throws InvalidInputException for a text that is none, saying why
     */
    public static ModelDefinition read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                throw new InvalidInputException("A model's description must be a JSON object, found "
                        + (json.isMissingNode() ? "an empty text" : json.getNodeType()));
            }
            int format = json.path("format").asInt();
            if (format > FORMAT) {
                throw new InvalidInputException("A model's description must be of format " + FORMAT
                        + " or older, found " + format + ": it was written by a newer version");
            }
            Document document = JSON.treeToValue(json, Document.class);
            return new ModelDefinition(
                    document.name(),
                    document.family(),
                    new Architecture.Planned(document.plan()),
                    document.trainSize(),
                    document.evalSize(),
                    document.dropout(),
                    document.batchNorm(),
                    document.normalization());
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "A model's description must be readable, found: " + e.getOriginalMessage(), e);
        }
    }
}
