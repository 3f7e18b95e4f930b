package org.efficientnet4j.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.model.ModelFile.Reading;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModelText;

/** The JSON text inside archives: metadata with a format number, so that a later reader can tell. */
final class MetadataJson {
    private static final int FORMAT = 2;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private MetadataJson() {}

    /** The document in the file; provenance and data are null where there are none. */
    private record Document(
            int format,
            String model,
            @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode network,
            List<String> labels,
            int channels,
            int size,
            double cropFraction,
            Normalization normalization,
            Provenance provenance,
            TrainedData data) {}

    static String write(ModelMetadata metadata) {
        Preprocessing input = metadata.preprocessing();
        ObjectNode json = JSON.valueToTree(new Document(
                FORMAT,
                metadata.model().name(),
                readTree(ModelText.write(metadata.model())),
                metadata.labels(),
                metadata.channels(),
                input.size(),
                input.cropFraction(),
                input.normalization(),
                metadata.provenance().orElse(null),
                metadata.data().orElse(null)));
        if (metadata.data().isEmpty()) {
            json.remove("data"); // earlier versions read such a file
        }
        return json.toPrettyString();
    }

    private static JsonNode readTree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A model's description must be JSON", e);
        }
    }

    /**
     * Reads metadata.
     *
     * @param network the network's configuration, for a text of format 1, which holds the model's name alone
     * @throws JsonProcessingException if the text is not such a document, saying why
     * @throws IOException if the configuration cannot be read
     */
    static ModelMetadata read(String text, Reading<ComputationGraphConfiguration> network) throws IOException {
        JsonNode json = JSON.readTree(text);
        if (json.path("format").asInt() > FORMAT) {
            throw new NewerFormatException(json.path("format").asInt());
        }
        if (json instanceof ObjectNode document && !document.has("network")) {
            document.putNull("network"); // format 1
        }
        if (json.path("provenance") instanceof ObjectNode provenance && !provenance.has("start")) {
            provenance.put("start", "not recorded"); // by earlier versions
        }
        if (json instanceof ObjectNode whole && !whole.has("data")) {
            whole.putNull("data");
        }
        Document document = JSON.treeToValue(json, Document.class);
        Preprocessing input = new Preprocessing(document.size(), document.cropFraction(), document.normalization());
        boolean nameAlone = document.network() == null || document.network().isNull();
        ModelDefinition model = nameAlone
                ? EarlierModels.model(document.model(), input, network.read())
                : ModelText.read(document.network().toString());
        return new ModelMetadata(
                model,
                document.labels(),
                document.channels(),
                input,
                Optional.ofNullable(document.provenance()),
                Optional.ofNullable(document.data()));
    }

    /** Written by a later version. */
    private static final class NewerFormatException extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        NewerFormatException(int format) {
            super("it was written by a newer version (format " + format + ", this one reads " + FORMAT + ")");
        }
    }
}
