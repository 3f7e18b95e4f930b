package org.efficientnet4j.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Operation.Pooling;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Shape;

/**
 * One line of a model's summary.
 *
 * @param name {@code stem}, {@code stage1} ..., {@code head} or {@code classifier}
 * @param operator what it is made of
 * @param blocks how many of them follow one another
 * @param kernel side of the largest spatial kernel in pixels
 * @param stride the section's stride
 * @param channels output channels
 * @param output height and width of the output in pixels
 * @param parameters trainable parameters
 */
record StageRow(
        String name, String operator, int blocks, int kernel, int stride, int channels, int output, long parameters) {
    /** Every line of a network's summary, in order. */
    static List<StageRow> of(NetworkPlan plan, int size) {
        Map<String, Shape> shapes = plan.shapes(size, size);
        List<StageRow> rows = new ArrayList<>();
        for (Section section : plan.sections()) {
            rows.add(row(section, shapes));
        }
        return rows;
    }

    private static StageRow row(Section section, Map<String, Shape> shapes) {
        int kernel = 1;
        int stride = 1;
        Shape map = null;
        for (Block block : section.blocks()) {
            int blockStride = 1;
            for (Node node : block.nodes()) {
                kernel = Math.max(kernel, kernel(node));
                blockStride = Math.max(blockStride, stride(node));
                Shape shape = shapes.get(node.name());
                map = shape.vector() && map != null ? map : shape;
            }
            stride *= blockStride;
        }
        return new StageRow(
                section.name(),
                section.operator(),
                section.blocks().size(),
                kernel,
                stride,
                shapes.get(section.last().name()).channels(),
                map.height(),
                section.trainableParameters());
    }

    private static int kernel(Node node) {
        return node.operation() instanceof Convolution convolution ? convolution.kernel() : 1;
    }

    private static int stride(Node node) {
        if (node.operation() instanceof Convolution convolution) {
            return convolution.stride();
        }
        return node.operation() instanceof Pooling pooling ? pooling.stride() : 1;
    }
}
