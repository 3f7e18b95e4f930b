package org.efficientnet4j.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.weights.ElementType;

/**
 * The JSON header: what tensors there are, and where. Read token by token, strictly: an unknown key, a name given twice, a
 * range that does not fit its shape, overlaps another or leaves a gap is an error.
 */
final class Header {
    private static final String METADATA = "__metadata__";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build())
            .build();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Header() {}

    /**
     * A tensor's place.
     *
     * @param type of its elements
     * @param shape sizes, outermost first
     * @param begin its first byte, counted from the header's end
     * @param end the byte after its last
     */
    record Entry(ElementType type, List<Long> shape, long begin, long end) {}

    /**
     * Reads a header and holds it against the file.
     *
     * @param json the header's bytes
     * @param dataBytes how many bytes follow the header
     * @throws MalformedException if anything is wrong with it
     */
    static Header parse(byte[] json, long dataBytes) throws MalformedException {
        Header header = new Header();
        try (JsonParser parser = JSON.createParser(json)) {
            header.readEntries(parser);
        } catch (JsonProcessingException e) {
            throw new MalformedException("its header is not the expected JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MalformedException("its header cannot be decoded: " + e.getMessage());
        }
        header.requireCovered(dataBytes);
        return header;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void readEntries(JsonParser parser) throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(METADATA)) {
                readMetadata(parser);
            } else {
                entries.put(name, readEntry(name, parser));
            }
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT, "the header");
        if (parser.nextToken() != null) {
            throw new MalformedException("its header goes on after its closing brace");
        }
    }

    private void readMetadata(JsonParser parser) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, METADATA);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
            metadata.put(key, parser.getText());
        }
    }

    private static Entry readEntry(String name, JsonParser parser) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "tensor " + name);
        String type = null;
        List<Long> shape = null;
        List<Long> range = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(parser.currentToken(), JsonToken.VALUE_STRING, "the dtype of tensor " + name);
                    type = parser.getText();
                }
                case "shape" -> shape = numbers(parser, "the shape of tensor " + name);
                case "data_offsets" -> range = numbers(parser, "the data_offsets of tensor " + name);
                default -> throw new MalformedException("tensor " + name + " has an unknown key '" + key + "'");
            }
        }
        if (type == null || shape == null || range == null || range.size() != 2) {
            throw new MalformedException("tensor " + name + " lacks a dtype, a shape or two data_offsets");
        }
        return checked(name, type, shape, range.get(0), range.get(1));
    }

    private static Entry checked(String name, String typeName, List<Long> shape, long begin, long end)
            throws MalformedException {
        ElementType type = ElementType.named(typeName)
                .orElseThrow(() -> new MalformedException("tensor " + name + " has the unknown dtype " + typeName));
        long bytes = type.bytes();
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new MalformedException("tensor " + name + " of shape " + shape + " has more bytes than a file can");
        }
        if (end < begin || end - begin != bytes) {
            throw new MalformedException("tensor " + name + " of shape " + shape + " and dtype " + typeName + " takes "
                    + Numbers.grouped(bytes) + " bytes, but its data_offsets are [" + begin + ", " + end + "]");
        }
        return new Entry(type, List.copyOf(shape), begin, end);
    }

    private static List<Long> numbers(JsonParser parser, String what) throws IOException {
        expect(parser.currentToken(), JsonToken.START_ARRAY, what);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            long number = parser.getLongValue();
            if (number < 0) {
                throw new MalformedException(what + " must not be negative, found " + number);
            }
            numbers.add(number);
        }
        return numbers;
    }

    /** The tensors must lie one behind the other, from the first byte to the file's last. */
    private void requireCovered(long dataBytes) throws MalformedException {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> entry) -> entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end()));
        long reached = 0;
        for (Map.Entry<String, Entry> entry : inOrder) {
            long begin = entry.getValue().begin();
            if (begin != reached) {
                throw new MalformedException(
                        "tensor " + entry.getKey() + " begins at byte " + Numbers.grouped(begin) + " of the data, "
                                + (begin < reached ? "inside the tensor before it" : "behind a gap")
                                + " (expected byte " + Numbers.grouped(reached) + ")");
            }
            reached = entry.getValue().end();
        }
        if (reached != dataBytes) {
            throw new MalformedException(
                    "its tensors take " + Numbers.grouped(reached) + " bytes, but " + Numbers.grouped(dataBytes)
                            + " follow the header: the file is cut short or has something appended");
        }
    }

    private static void expect(JsonToken found, JsonToken expected, String what) throws MalformedException {
        if (found != expected) {
            throw new MalformedException(what + " is not as expected: found " + found + ", wanted " + expected);
        }
    }
}
