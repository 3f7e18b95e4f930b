package org.efficientnet4j.plan;

import java.util.HashMap;
import java.util.Map;

/** Stride of each node's output against the images, as far as windows make it; a vector has its map's. */
final class StrideReader implements Operation.Reader<Integer> {
    private final Map<String, Integer> strides = new HashMap<>();

    Map<String, Integer> strides(NetworkPlan plan) {
        strides.put(NetworkPlan.INPUT, 1);
        plan.nodes().forEach(node -> strides.put(node.name(), node.read(this)));
        return strides;
    }

    private int input(Node node) {
        return strides.get(node.input());
    }

    @Override
    public Integer convolution(Node node, Operation.Convolution operation) {
        return input(node) * operation.stride();
    }

    @Override
    public Integer squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        return input(node);
    }

    @Override
    public Integer pooling(Node node, Operation.Pooling operation) {
        return input(node) * operation.stride();
    }

    @Override
    public Integer adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return input(node);
    }

    @Override
    public Integer globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return input(node);
    }

    @Override
    public Integer add(Node node, Operation.Add operation) {
        return input(node);
    }

    @Override
    public Integer concatenation(Node node, Operation.Concatenation operation) {
        return input(node);
    }

    @Override
    public Integer flatten(Node node, Operation.Flatten operation) {
        return input(node);
    }

    @Override
    public Integer dense(Node node, Operation.Dense operation) {
        return input(node);
    }

    @Override
    public Integer dropout(Node node, Operation.Dropout operation) {
        return input(node);
    }

    @Override
    public Integer localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return input(node);
    }
}
