package org.efficientnet4j.scaling;

import java.util.HashMap;
import java.util.Map;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Section.Kind;
import org.efficientnet4j.plan.Shape;

/** Sum of a network's costs at one image size. */
final class CostReader implements Operation.Reader<CostReader.Cost> {
    private final NetworkPlan plan;
    private final Map<String, Shape> shapes;

    /**
     * One node's cost.
     *
     * @param statistics running means and variances
     * @param macs multiply-accumulates
     * @param activations floats kept for the backward pass
     */
    record Cost(long statistics, long macs, long activations) {}

    CostReader(NetworkPlan plan, int size) {
        this.plan = plan;
        this.shapes = new HashMap<>(plan.shapes(size, size));
    }

    ModelCost count() {
        long statistics = 0;
        long macs = 0;
        long activations = 0;
        for (Section section : plan.sections()) {
            if (section.kind() == Kind.AUXILIARY) {
                continue;
            }
            for (Node node : section.nodes()) {
                Cost cost = node.read(this);
                statistics += cost.statistics();
                macs += cost.macs();
                boolean logits =
                        section.kind() == Kind.CLASSIFIER && section.last().equals(node);
                activations += logits ? 0 : cost.activations();
            }
        }
        long trainable = plan.trainableParameters();
        return new ModelCost(trainable, trainable + statistics, macs, activations * Float.BYTES);
    }

    private Cost output(Node node) {
        return new Cost(0, 0, shapes.get(node.name()).elements());
    }

    @Override
    public Cost convolution(Node node, Operation.Convolution operation) {
        Shape output = shapes.get(node.name());
        return new Cost(
                operation.batchNorm() ? 2L * operation.outChannels() : 0,
                operation.weights() * output.area(),
                2 * output.elements());
    }

    @Override
    public Cost squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        long macs = 2L * operation.channels() * operation.reducedChannels();
        return new Cost(0, macs, shapes.get(node.name()).elements());
    }

    @Override
    public Cost dense(Node node, Operation.Dense operation) {
        return new Cost(0, (long) operation.inFeatures() * operation.outFeatures(), operation.outFeatures());
    }

    @Override
    public Cost pooling(Node node, Operation.Pooling operation) {
        return output(node);
    }

    @Override
    public Cost adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return output(node);
    }

    @Override
    public Cost globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return output(node);
    }

    @Override
    public Cost add(Node node, Operation.Add operation) {
        return output(node);
    }

    @Override
    public Cost concatenation(Node node, Operation.Concatenation operation) {
        return output(node);
    }

    @Override
    public Cost flatten(Node node, Operation.Flatten operation) {
        return output(node);
    }

    /** Works in place. */
    @Override
    public Cost dropout(Node node, Operation.Dropout operation) {
        return new Cost(0, 0, 0);
    }

    @Override
    public Cost localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return output(node);
    }
}
