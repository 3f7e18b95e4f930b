package org.efficientnet4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The class names in a configuration's JSON, found without making anything of it. */
final class ClassNames {
    private static final String CLASS_KEY = "@class";
    private static final int DEEPEST_NESTING = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_NESTING)
                    .build())
            .build();

    private ClassNames() {}

    /** The names in a text that was written here. */
    static Set<String> in(String json) {
        try {
            return read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The values of all {@code @class} keys.
     *
     * @throws IOException if the text is not JSON, is nested too deeply, has a key twice in an object, or one of the other
     *     forms in which Jackson takes a class name: a text with type arguments, and an array of a text and something else
     */
    static Set<String> read(String json) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("its configuration must be a JSON object, found " + parser.currentToken());
            }
            JsonToken before = JsonToken.START_OBJECT;
            boolean textBefore = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    requireNoTypeArguments(parser.getText());
                    if (CLASS_KEY.equals(parser.currentName())) {
                        names.add(parser.getText());
                    }
                }
                requireNoTypedArray(parser, before, textBefore, token);
                textBefore = before == JsonToken.START_ARRAY && token == JsonToken.VALUE_STRING;
                before = token;
            }
        }
        return names;
    }

    /** Jackson has the validator check a generic type's class alone, and loads its type arguments unchecked. */
    private static void requireNoTypeArguments(String text) throws IOException {
        if (text.indexOf('<') >= 0) {
            throw new IOException("its configuration must not have a text with '<', found " + text);
        }
    }

    private static void requireNoTypedArray(JsonParser parser, JsonToken before, boolean first, JsonToken token)
            throws IOException {
        boolean secondOfArray = before == JsonToken.VALUE_STRING && first;
        if (secondOfArray && token != JsonToken.VALUE_STRING && token != JsonToken.END_ARRAY) {
            throw new IOException(
                    "an array in its configuration begins with a text and goes on with something else, at "
                            + parser.currentLocation().offsetDescription());
        }
    }
}
