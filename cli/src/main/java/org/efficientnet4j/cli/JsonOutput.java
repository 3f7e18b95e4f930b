package org.efficientnet4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Results as JSON, for {@code --json}. */
public final class JsonOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ObjectMapper YAML = new YAMLMapper();

    private JsonOutput() {}

    /** A YAML document as a tree that {@link #format} prints. */
    public static JsonNode fromYaml(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Our own YAML must be readable", e);
        }
    }

    /**
     * A result as indented JSON.
     *
     * @param result a record, or a map or list of such
     */
    public static String format(Object result) {
        try {
            return MAPPER.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result of records, lists and numbers must be writable as JSON", e);
        }
    }
}
