package org.efficientnet4j.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.plan.Operation.Add;
import org.efficientnet4j.plan.Operation.Concatenation;
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Operation.Dense;
import org.efficientnet4j.plan.Operation.Pooling;
import org.efficientnet4j.plan.Operation.SqueezeExcite;
import org.efficientnet4j.plan.Section.Kind;

/**
 * Builder of plans that derives input channels. A method that adds a node takes the names of the nodes it reads and returns
 * the new one's; sections and blocks last until the next begins.
 *
 * <pre>{@code
 * PlanBuilder plan = new PlanBuilder(3);
 * plan.section("stem", Kind.STEM, "convolution").block("stem");
 * String last = plan.convolution("", NetworkPlan.INPUT, Layer.of(64, 7).stride(2));
 * }</pre>
 */
public final class PlanBuilder {
    private final int inputChannels;
    private final List<Section> sections = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> channels = new HashMap<>();
    private final Map<String, Long> areas = new HashMap<>();
    private String section;
    private Kind kind;
    private String operator;
    private String block;

    /**
     * A builder of an empty plan.
     *
     * @param inputChannels channels of the images
     */
    public PlanBuilder(int inputChannels) {
        this.inputChannels = inputChannels;
        channels.put(NetworkPlan.INPUT, inputChannels);
    }

    /**
     * Numbers of a convolution apart from its input: batch norm without a bias and SAME padding unless changed.
     *
     * @param outChannels channels out
     * @param kernel height and width
     * @param stride both ways
     * @param padding the rule for zeros around the image
     * @param bias a number added to each output channel
     * @param batchNorm batch norm behind the convolution
     * @param activation behind it
     */
    public record Layer(
            int outChannels,
            int kernel,
            int stride,
            Padding padding,
            boolean bias,
            boolean batchNorm,
            Activation activation) {
        /** Stride 1, SAME padding, batch norm and no activation. */
        public static Layer of(int outChannels, int kernel) {
            return new Layer(outChannels, kernel, 1, Padding.SAME, false, true, Activation.NONE);
        }

        /** The same with another stride. */
        public Layer stride(int other) {
            return new Layer(outChannels, kernel, other, padding, bias, batchNorm, activation);
        }

        /** The same with another padding. */
        public Layer padding(Padding other) {
            return new Layer(outChannels, kernel, stride, other, bias, batchNorm, activation);
        }

        /** The same with a bias and, where {@code normalized}, batch norm. */
        public Layer bias(boolean normalized) {
            return new Layer(outChannels, kernel, stride, padding, true, normalized, activation);
        }

        /** The same with an activation behind it. */
        public Layer then(Activation other) {
            return new Layer(outChannels, kernel, stride, padding, bias, batchNorm, other);
        }
    }

    /** Begins a section. */
    public PlanBuilder section(String name, Kind sectionKind, String sectionOperator) {
        endSection();
        section = name;
        kind = sectionKind;
        operator = sectionOperator;
        return this;
    }

    /** Begins a block of the section; its nodes are named {@code name.part}, or {@code name} for an empty part. */
    public PlanBuilder block(String name) {
        endBlock();
        block = name;
        return this;
    }

    /** The channels (or features) of a node's output. */
    public int channels(String node) {
        return channels.get(node);
    }

    /** Adds a convolution over all channels. */
    public String convolution(String part, String from, Layer layer) {
        return convolution(part, from, layer, 1);
    }

    /** Adds a depthwise convolution; the layer's output channels must be the input's. */
    public String depthwise(String part, String from, Layer layer) {
        return convolution(part, from, layer, channels(from));
    }

    private String convolution(String part, String from, Layer layer, int groups) {
        Convolution operation = new Convolution(
                channels(from),
                layer.outChannels(),
                layer.kernel(),
                layer.stride(),
                layer.padding(),
                groups,
                layer.bias(),
                layer.batchNorm(),
                layer.activation());
        String name = node(part, operation, layer.outChannels(), from);
        boolean sameSize =
                layer.kernel() == 1 && layer.stride() == 1 && layer.padding().equals(Padding.fixed(0));
        if (sameSize && areas.containsKey(from)) {
            areas.put(name, areas.get(from));
        }
        return name;
    }

    /** Adds squeeze-excite with swish (or another activation) and a sigmoid gate. */
    public String squeezeExcite(String part, String from, int reducedChannels, Activation activation) {
        return node(
                part,
                new SqueezeExcite(channels(from), reducedChannels, activation, Activation.SIGMOID),
                channels(from),
                from);
    }

    /** Adds a pooling over windows. */
    public String pooling(String part, String from, Pooling pooling) {
        return node(part, pooling, channels(from), from);
    }

    /** Adds a pooling to a fixed size. */
    public String adaptivePooling(String part, String from, int height, int width) {
        String name = node(part, new Operation.AdaptiveAveragePooling(height, width), channels(from), from);
        areas.put(name, (long) height * width);
        return name;
    }

    /** Adds the mean over the whole map. */
    public String globalPooling(String part, String from) {
        return node(part, new Operation.GlobalAveragePooling(), channels(from), from);
    }

    /** Adds a sum. */
    public String add(String part, String branch, String shortcut, double dropShare, Activation activation) {
        return node(part, new Add(dropShare, activation), channels(branch), branch, shortcut);
    }

    /** Adds a concatenation of channels. */
    public String concatenation(String part, List<String> from) {
        int sum = from.stream().mapToInt(this::channels).sum();
        return node(part, new Concatenation(), sum, from.toArray(String[]::new));
    }

    /** Adds the change from a map of fixed size, or an unpadded 1x1 convolution of one, to a vector. */
    public String flatten(String part, String from) {
        long features = channels(from) * areas.getOrDefault(from, 1L);
        return node(part, new Operation.Flatten(), Math.toIntExact(features), from);
    }

    /** Adds a fully connected layer. */
    public String dense(String part, String from, int outFeatures, Activation activation) {
        return node(part, new Dense(channels(from), outFeatures, activation), outFeatures, from);
    }

    /** Adds a dropout with its published rate. */
    public String dropout(String part, String from, double rate) {
        return node(part, new Operation.Dropout(rate), channels(from), from);
    }

    /** Adds a local response normalisation. */
    public String normalization(String part, String from, Operation.LocalResponseNormalization operation) {
        return node(part, operation, channels(from), from);
    }

    private String node(String part, Operation operation, int outChannels, String... inputs) {
        String name = part.isEmpty() ? block : block + "." + part;
        nodes.add(new Node(name, part, operation, List.of(inputs)));
        channels.put(name, outChannels);
        return name;
    }

    private void endBlock() {
        if (!nodes.isEmpty()) {
            blocks.add(new Block(block, nodes));
            nodes.clear();
        }
    }

    private void endSection() {
        endBlock();
        if (!blocks.isEmpty()) {
            sections.add(new Section(section, kind, operator, blocks));
            blocks.clear();
        }
    }

    /** The finished plan. */
    public NetworkPlan build() {
        endSection();
        return new NetworkPlan(inputChannels, sections);
    }
}
