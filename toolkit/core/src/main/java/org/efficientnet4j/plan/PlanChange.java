package org.efficientnet4j.plan;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.plan.Section.Kind;

/** A plan for other images, classes and padding. */
final class PlanChange implements Operation.Reader<Operation> {
    private final NetworkPlan plan;
    private final PlanSettings settings;
    private Section section;

    PlanChange(NetworkPlan plan, PlanSettings settings) {
        this.plan = plan;
        this.settings = settings;
    }

    NetworkPlan changed() {
        List<Section> sections = new ArrayList<>();
        for (Section each : plan.sections()) {
            if (settings.classes() > 0 || each.makesMaps()) {
                section = each;
                List<Block> blocks = each.blocks().stream().map(this::changed).toList();
                sections.add(new Section(each.name(), each.kind(), each.operator(), blocks));
            }
        }
        return new NetworkPlan(settings.inputChannels(), sections);
    }

    private Block changed(Block block) {
        List<Node> nodes = block.nodes().stream()
                .map(node -> new Node(node.name(), node.part(), node.read(this), node.inputs()))
                .toList();
        return new Block(block.name(), nodes);
    }

    @Override
    public Operation convolution(Node node, Operation.Convolution was) {
        boolean first = node.input().equals(NetworkPlan.INPUT);
        boolean adapts = was.padding().kind() != Padding.Kind.FIXED;
        return new Operation.Convolution(
                first ? settings.inputChannels() : was.inChannels(),
                was.outChannels(),
                was.kernel(),
                was.stride(),
                adapts ? settings.padding().orElse(was.padding()) : was.padding(),
                was.groups(),
                was.bias(),
                was.batchNorm(),
                was.activation());
    }

    @Override
    public Operation dense(Node node, Operation.Dense was) {
        boolean logits = (section.kind() == Kind.CLASSIFIER || section.kind() == Kind.AUXILIARY)
                && section.last().equals(node);
        return logits ? new Operation.Dense(was.inFeatures(), settings.classes(), was.activation()) : was;
    }

    @Override
    public Operation squeezeExcite(Node node, Operation.SqueezeExcite was) {
        return was;
    }

    @Override
    public Operation pooling(Node node, Operation.Pooling was) {
        return was;
    }

    @Override
    public Operation adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling was) {
        return was;
    }

    @Override
    public Operation globalAveragePooling(Node node, Operation.GlobalAveragePooling was) {
        return was;
    }

    @Override
    public Operation add(Node node, Operation.Add was) {
        return was;
    }

    @Override
    public Operation concatenation(Node node, Operation.Concatenation was) {
        return was;
    }

    @Override
    public Operation flatten(Node node, Operation.Flatten was) {
        return was;
    }

    @Override
    public Operation dropout(Node node, Operation.Dropout was) {
        return was;
    }

    @Override
    public Operation localResponseNormalization(Node node, Operation.LocalResponseNormalization was) {
        return was;
    }
}
