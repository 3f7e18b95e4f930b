package org.efficientnet4j.train.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The notation of one kind of values in a YAML file and on the command line.
 *
 * @param what the values allowed, for messages: "a whole number"
 * @param parse reads a value, empty if the node holds none of this kind
 * @param write the node that {@code parse} reads back
 */
record OptionType<T>(String what, Function<JsonNode, Optional<T>> parse, Function<T, JsonNode> write) {
    static final OptionType<String> TEXT = new OptionType<>(
            "a text",
            node -> node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty(),
            TextNode::new);
    static final OptionType<Integer> INTEGER = new OptionType<>(
            "a whole number",
            node -> whole(node).filter(JsonNode::canConvertToInt).map(JsonNode::intValue),
            IntNode::new);
    static final OptionType<Long> LONG =
            new OptionType<>("a whole number", node -> whole(node).map(JsonNode::longValue), LongNode::new);
    static final OptionType<Double> NUMBER = new OptionType<>("a number", OptionType::number, DoubleNode::new);
    static final OptionType<Boolean> FLAG = new OptionType<>(
            "true or false",
            node -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty(),
            BooleanNode::valueOf);

    /** An enum's constants, in lower case with hyphens when written, and in any case when read. */
    static <E extends Enum<E>> OptionType<E> of(Class<E> type) {
        return of(
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(text.replace('-', '_')))
                        .findFirst(),
                OptionType::written,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(OptionType::written)
                                .collect(Collectors.joining(", ")));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Anything written as text. */
    static <T> OptionType<T> of(Function<String, Optional<T>> parse, Function<T, String> write, String what) {
        return new OptionType<>(
                what,
                node -> node.isTextual() ? parse.apply(node.textValue()) : Optional.empty(),
                value -> new TextNode(write.apply(value)));
    }

    /** @throws InvalidInputException if the node holds no value of this kind */
    T read(String name, JsonNode node) {
        return parse.apply(node)
                .orElseThrow(() -> new InvalidInputException(name + " must be " + what + ", found " + node));
    }

    /**
     * Reads what was typed.
     *
     * @throws InvalidInputException if it is no value of this kind
     */
    T read(String name, String text) {
        return parse.apply(typed(text.strip()))
                .orElseThrow(() -> new InvalidInputException(name + " must be " + what + ", found '" + text + "'"));
    }

    /** A value as users write it; whole numbers without a fraction. */
    String shown(T value) {
        JsonNode node = write.apply(value);
        return node.isValueNode() ? node.asText().replaceFirst("\\.0$", "") : node.toString();
    }

    private JsonNode typed(String text) {
        if (equals(FLAG)) {
            return text.equals("true") || text.equals("false")
                    ? BooleanNode.valueOf(text.equals("true"))
                    : new TextNode(text);
        }
        if (equals(INTEGER) || equals(LONG)) {
            try {
                return new LongNode(Long.parseLong(text));
            } catch (NumberFormatException e) {
                return new TextNode(text);
            }
        }
        return new TextNode(text);
    }

    private static Optional<JsonNode> whole(JsonNode node) {
        return Optional.of(node).filter(given -> given.isIntegralNumber() && given.canConvertToLong());
    }

    // YAML 1.1 readers take "1e-5", without a point, as text.
    private static Optional<Double> number(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.doubleValue());
        }
        try {
            return node.isTextual() ? Optional.of(Double.valueOf(node.textValue())) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
