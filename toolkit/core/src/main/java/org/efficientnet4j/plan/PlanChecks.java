package org.efficientnet4j.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Section.Kind;

/** Checks that a plan's names are unique, that inputs come first and fit, and that sections are cut where all passes. */
final class PlanChecks implements Operation.Reader<PlanChecks.Signal> {
    /** Bounds what a file can ask for. */
    private static final int MOST_NODES = 20_000;

    private static final long MOST_FEATURES = Integer.MAX_VALUE;

    private final Map<String, Signal> signals = new HashMap<>();

    /**
     * Activations as far as they are known without an image size.
     *
     * @param channels of a map, or features of a vector
     * @param area the map's pixels where they are fixed, else 0
     * @param vector true for a vector
     */
    record Signal(int channels, long area, boolean vector) {
        @Override
        public String toString() {
            return vector ? "a vector of " + channels + " features" : "a map of " + channels + " channels";
        }
    }

    private PlanChecks() {}

    /** Checks a plan; returns the channels (or features) of every node's output. */
    static Map<String, Integer> check(int inputChannels, List<Section> sections) {
        PlanChecks checks = new PlanChecks();
        checks.signals.put(NetworkPlan.INPUT, new Signal(inputChannels, 0, false));
        int nodes = 0;
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            requireNew("Section", section.name(), names);
            nodes += section.nodes().size();
            if (nodes > MOST_NODES) {
                throw new InvalidInputException(
                        "A network must have at most " + MOST_NODES + " nodes, found more: repeat fewer blocks");
            }
            section.nodes().forEach(checks::add);
            if (section.kind() == Kind.CLASSIFIER && !(section.last().operation() instanceof Operation.Dense)) {
                throw new InvalidInputException("The classifier's last node must be dense, found "
                        + section.last().operation() + " in " + section.last().name());
            }
        }
        requireCuts(sections);
        Map<String, Integer> channels = new HashMap<>();
        checks.signals.forEach((name, signal) -> channels.put(name, signal.channels()));
        return channels;
    }

    private static void requireNew(String what, String name, Set<String> names) {
        if (!names.add(name)) {
            throw new InvalidInputException(what + " names must differ, found " + name + " twice");
        }
    }

    private void add(Node node) {
        for (String input : node.inputs()) {
            if (!signals.containsKey(input)) {
                throw new InvalidInputException(
                        "Node " + node.name() + " must read a node before it, found " + input + ", which is none");
            }
        }
        if (signals.put(node.name(), node.read(this)) != null) {
            throw new InvalidInputException("Node names must differ, found " + node.name() + " twice");
        }
    }

    /**
     * Between sections only the last node of the one before is read, so that a network can be cut there; auxiliary heads,
     * which networks for inference are without, read where they like.
     */
    private static void requireCuts(List<Section> sections) {
        Map<String, Section> home = new HashMap<>();
        for (Section section : sections) {
            section.nodes().forEach(node -> home.put(node.name(), section));
        }
        for (Section section : sections) {
            if (section.kind() == Section.Kind.AUXILIARY) {
                continue;
            }
            for (Node node : section.nodes()) {
                for (String input : node.inputs()) {
                    Section from = home.get(input);
                    if (from != null
                            && !from.equals(section)
                            && !from.last().name().equals(input)) {
                        throw new InvalidInputException("Node " + node.name() + " of " + section.name()
                                + " must read the last node of another section, "
                                + from.last().name() + ", found "
                                + input);
                    }
                }
            }
        }
    }

    private Signal only(Node node) {
        if (node.inputs().size() != 1) {
            throw new InvalidInputException("Node " + node.name() + " must have 1 input, found "
                    + node.inputs().size());
        }
        return signals.get(node.input());
    }

    private Signal map(Node node) {
        Signal signal = only(node);
        if (signal.vector()) {
            throw wrong(node, "a map", signal);
        }
        return signal;
    }

    private Signal map(Node node, int channels) {
        Signal signal = map(node);
        if (signal.channels() != channels) {
            throw wrong(node, "a map of " + channels + " channels", signal);
        }
        return signal;
    }

    private static InvalidInputException wrong(Node node, String wanted, Signal found) {
        return new InvalidInputException(
                "Node " + node.name() + " must read " + wanted + ", found " + found + " from " + node.input());
    }

    @Override
    public Signal convolution(Node node, Operation.Convolution operation) {
        long area = map(node, operation.inChannels()).area();
        boolean sameSize = operation.kernel() == 1
                && operation.stride() == 1
                && operation.padding().equals(Padding.fixed(0));
        return new Signal(operation.outChannels(), sameSize ? area : 0, false);
    }

    @Override
    public Signal squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        return map(node, operation.channels());
    }

    @Override
    public Signal pooling(Node node, Operation.Pooling operation) {
        return new Signal(map(node).channels(), 0, false);
    }

    @Override
    public Signal adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return new Signal(map(node).channels(), (long) operation.height() * operation.width(), false);
    }

    @Override
    public Signal globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return new Signal(map(node).channels(), 0, true);
    }

    @Override
    public Signal add(Node node, Operation.Add operation) {
        if (node.inputs().size() != 2) {
            throw new InvalidInputException(
                    "Node " + node.name() + " must have 2 inputs, a branch and a shortcut, found "
                            + node.inputs().size());
        }
        Signal branch = signals.get(node.inputs().get(0));
        Signal shortcut = signals.get(node.inputs().get(1));
        if (branch.channels() != shortcut.channels() || branch.vector() != shortcut.vector()) {
            throw new InvalidInputException("Node " + node.name() + " must add equal shapes, found " + branch + " from "
                    + node.inputs().get(0) + " and " + shortcut + " from "
                    + node.inputs().get(1));
        }
        return branch;
    }

    @Override
    public Signal concatenation(Node node, Operation.Concatenation operation) {
        long channels = 0;
        for (String input : node.inputs()) {
            Signal signal = signals.get(input);
            if (signal.vector()) {
                throw new InvalidInputException(
                        "Node " + node.name() + " must concatenate maps, found " + signal + " from " + input);
            }
            channels += signal.channels();
        }
        return new Signal(checked(node, channels), 0, false);
    }

    @Override
    public Signal flatten(Node node, Operation.Flatten operation) {
        Signal map = map(node);
        if (map.area() == 0) {
            throw new InvalidInputException("Node " + node.name() + " must flatten a map of a fixed size, found "
                    + node.input() + ", whose size depends on the image's: put an adaptive pooling before it");
        }
        return new Signal(checked(node, map.channels() * map.area()), 0, true);
    }

    private static int checked(Node node, long features) {
        if (features > MOST_FEATURES) {
            throw new InvalidInputException(
                    "Node " + node.name() + " must have at most " + MOST_FEATURES + " features, found " + features);
        }
        return (int) features;
    }

    @Override
    public Signal dense(Node node, Operation.Dense operation) {
        Signal signal = only(node);
        if (!signal.vector() || signal.channels() != operation.inFeatures()) {
            throw wrong(node, "a vector of " + operation.inFeatures() + " features", signal);
        }
        return new Signal(operation.outFeatures(), 0, true);
    }

    @Override
    public Signal dropout(Node node, Operation.Dropout operation) {
        Signal signal = only(node);
        if (!signal.vector()) {
            throw wrong(node, "a vector", signal);
        }
        return signal;
    }

    @Override
    public Signal localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return map(node);
    }
}
