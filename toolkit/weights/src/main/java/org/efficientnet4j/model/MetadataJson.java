package org.efficientnet4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;

/** The JSON text inside archives: metadata with a format number, so that a later reader can tell. */
final class MetadataJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private MetadataJson() {}

    /** As it stands in the file; the provenance is null where there is none. */
    private record Document(
            int format,
            String model,
            List<String> labels,
            int channels,
            int size,
            double cropFraction,
            Normalization normalization,
            Provenance provenance) {}

    static String write(ModelMetadata metadata) {
        Preprocessing input = metadata.preprocessing();
        ObjectNode json = JSON.valueToTree(new Document(
                FORMAT,
                metadata.model(),
                metadata.labels(),
                metadata.channels(),
                input.size(),
                input.cropFraction(),
                input.normalization(),
                metadata.provenance().orElse(null)));
        return json.toPrettyString();
    }

    /** @throws JsonProcessingException if the text is not such a document, saying why */
    static ModelMetadata read(String text) throws JsonProcessingException {
        JsonNode json = JSON.readTree(text);
        if (json.path("format").asInt() > FORMAT) {
            throw new NewerFormatException(json.path("format").asInt());
        }
        if (json.path("provenance") instanceof ObjectNode provenance && !provenance.has("start")) {
            provenance.put("start", "not recorded"); // by earlier versions
        }
        Document document = JSON.treeToValue(json, Document.class);
        return new ModelMetadata(
                document.model(),
                document.labels(),
                document.channels(),
                new Preprocessing(document.size(), document.cropFraction(), document.normalization()),
                Optional.ofNullable(document.provenance()));
    }

    /** Written by a later version. */
    private static final class NewerFormatException extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        NewerFormatException(int format) {
            super("it was written by a newer version (format " + format + ", this one reads " + FORMAT + ")");
        }
    }
}
