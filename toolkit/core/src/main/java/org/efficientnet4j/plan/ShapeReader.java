package org.efficientnet4j.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.efficientnet4j.core.InvalidInputException;

/** Shape of each node's output for one image size. */
final class ShapeReader implements Operation.Reader<Shape> {
    private final Map<String, Shape> shapes = new HashMap<>();

    private ShapeReader() {}

    static Map<String, Shape> shapes(NetworkPlan plan, int height, int width) {
        ShapeReader reader = new ShapeReader();
        reader.shapes.put(NetworkPlan.INPUT, Shape.map(plan.inputChannels(), height, width));
        Map<String, Shape> result = new LinkedHashMap<>();
        for (Node node : plan.nodes()) {
            Shape shape = node.read(reader);
            if (shape.height() < 1 || shape.width() < 1) {
                throw new InvalidInputException("Images must be large enough for every layer, found " + height + " x "
                        + width + " pixels: " + node.name() + " cannot work on the " + reader.input(node) + " of "
                        + node.input());
            }
            reader.shapes.put(node.name(), shape);
            result.put(node.name(), shape);
        }
        return result;
    }

    static boolean fits(NetworkPlan plan, int size) {
        try {
            shapes(plan, size, size);
            return true;
        } catch (InvalidInputException tooSmall) {
            return false;
        }
    }

    private Shape input(Node node) {
        return shapes.get(node.input());
    }

    private Shape resized(Node node, int channels, IntUnaryOperator size) {
        Shape input = input(node);
        return Shape.map(channels, size.applyAsInt(input.height()), size.applyAsInt(input.width()));
    }

    @Override
    public Shape convolution(Node node, Operation.Convolution operation) {
        return resized(node, operation.outChannels(), operation::outputSize);
    }

    @Override
    public Shape squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        return input(node);
    }

    @Override
    public Shape pooling(Node node, Operation.Pooling operation) {
        return resized(node, input(node).channels(), operation::outputSize);
    }

    @Override
    public Shape adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return Shape.map(input(node).channels(), operation.height(), operation.width());
    }

    @Override
    public Shape globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return Shape.vector(input(node).channels());
    }

    @Override
    public Shape add(Node node, Operation.Add operation) {
        requireEqualSizes(node, "add");
        return input(node);
    }

    @Override
    public Shape concatenation(Node node, Operation.Concatenation operation) {
        requireEqualSizes(node, "concatenate");
        int channels = node.inputs().stream()
                .mapToInt(name -> shapes.get(name).channels())
                .sum();
        return Shape.map(channels, input(node).height(), input(node).width());
    }

    private void requireEqualSizes(Node node, String verb) {
        Shape first = input(node);
        for (String name : node.inputs()) {
            Shape other = shapes.get(name);
            if (other.height() != first.height() || other.width() != first.width()) {
                throw new InvalidInputException("Node " + node.name() + " must " + verb + " maps of equal size, found "
                        + first + " from " + node.input() + " and " + other + " from " + name);
            }
        }
    }

    @Override
    public Shape flatten(Node node, Operation.Flatten operation) {
        return Shape.vector(Math.toIntExact(input(node).elements()));
    }

    @Override
    public Shape dense(Node node, Operation.Dense operation) {
        return Shape.vector(operation.outFeatures());
    }

    @Override
    public Shape dropout(Node node, Operation.Dropout operation) {
        return input(node);
    }

    @Override
    public Shape localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return input(node);
    }
}
