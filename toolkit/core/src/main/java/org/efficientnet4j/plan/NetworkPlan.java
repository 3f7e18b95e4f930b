package org.efficientnet4j.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Section.Kind;

/**
 * Description of a network: sections of blocks of nodes, in an order in which every node follows its inputs. The graph, the
 * cost, weight-name maps, exports, features and freezing all read this one description.
 *
 * <p>Channels are checked when a plan is made; sizes when they are known, by {@link #shapes}.
 *
 * @param inputChannels channels of the images, 3 for RGB
 * @param sections in order
 */
public record NetworkPlan(int inputChannels, List<Section> sections) {
    /** The name by which nodes read the images, {@code [N, C, H, W]}. */
    public static final String INPUT = "images";

    /** @throws InvalidInputException for channels that do not fit, a missing input or a name that stands twice */
    public NetworkPlan {
        sections = List.copyOf(sections);
        if (inputChannels < 1) {
            throw new InvalidInputException("Images must have at least 1 channel, found " + inputChannels);
        }
        if (sections.isEmpty()) {
            throw new InvalidInputException("A network must have at least 1 section, found none");
        }
        PlanChecks.check(inputChannels, sections);
    }

    /** All nodes in order. */
    public List<Node> nodes() {
        return sections.stream().flatMap(section -> section.nodes().stream()).toList();
    }

    /** All nodes in order, with their places. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        int blocksBefore = 0;
        int convolutions = 0;
        for (int s = 0; s < sections.size(); s++) {
            List<Block> blocks = sections.get(s).blocks();
            for (int b = 0; b < blocks.size(); b++) {
                List<Node> nodes = blocks.get(b).nodes();
                for (int n = 0; n < nodes.size(); n++) {
                    Node node = nodes.get(n);
                    places.add(new Place(sections.get(s), s, blocks.get(b), b, blocksBefore, node, n, convolutions));
                    convolutions += node.operation() instanceof Convolution ? 1 : 0;
                }
                blocksBefore++;
            }
        }
        return places;
    }

    /** All blocks in order. */
    public List<Block> blocks() {
        return sections.stream().flatMap(section -> section.blocks().stream()).toList();
    }

    /** The sections of a kind, in order. */
    public List<Section> sections(Kind kind) {
        return sections.stream().filter(section -> section.kind() == kind).toList();
    }

    /**
     * A node by name.
     *
     * @throws InvalidInputException for an unknown name
     */
    public Node node(String name) {
        return find(name).orElseThrow(() -> new InvalidInputException("The network has no node " + name));
    }

    private Optional<Node> find(String name) {
        return nodes().stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The node whose vector the classifier reads; empty for a network without a head. */
    public Optional<Node> pooled() {
        return last(Kind.HEAD).map(Section::last);
    }

    /** The node of the logits; empty for a network without a classifier. */
    public Optional<Node> classifier() {
        return last(Kind.CLASSIFIER).map(Section::last);
    }

    /** The classifier's outputs; 0 without one. */
    public int classes() {
        return classifier()
                .map(node -> ((Operation.Dense) node.operation()).outFeatures())
                .orElse(0);
    }

    private Optional<Section> last(Kind kind) {
        List<Section> found = sections(kind);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** Pixels of the image to one of the last feature map before the head, 32 for most networks. */
    public int stride() {
        int stride = 1;
        for (int each : featureMaps().keySet()) {
            stride = Math.max(stride, each);
        }
        return stride;
    }

    /** The last feature map before the head at each stride (2, 4, 8 ...), by name, in order. */
    public Map<Integer, String> featureMaps() {
        Map<String, Integer> strides = new StrideReader().strides(this);
        Map<Integer, String> maps = new LinkedHashMap<>();
        for (Section section : sections) {
            if (section.makesMaps()) {
                section.blocks()
                        .forEach(block -> maps.put(
                                strides.get(block.last().name()), block.last().name()));
            }
        }
        return maps;
    }

    /**
     * The shape of every node's output for an image size, by node.
     *
     * @param height of the images, in pixels
     * @param width of the images, in pixels
     * @throws InvalidInputException for an image too small for a node, naming it and the one before it
     */
    public Map<String, Shape> shapes(int height, int width) {
        return ShapeReader.shapes(this, height, width);
    }

    /** The smallest image that every node can compute, at least as large as the stride; in pixels. */
    public int minimumSize() {
        for (int size = stride(); ; size++) {
            if (ShapeReader.fits(this, size)) {
                return size;
            }
        }
    }

    /** The network for other images, classes and padding; a plan without a classifier keeps being without one. */
    public NetworkPlan with(PlanSettings settings) {
        return new PlanChange(this, settings).changed();
    }

    /** Trainable parameters of all sections but the auxiliary ones, which inference does not have. */
    public long trainableParameters() {
        return sections.stream()
                .filter(section -> section.kind() != Kind.AUXILIARY)
                .mapToLong(Section::trainableParameters)
                .sum();
    }

    /** The padding of the convolutions whose padding adapts to their kernel; empty where all have numbers of pixels. */
    public Optional<Padding> padding() {
        for (Node node : nodes()) {
            if (node.operation() instanceof Convolution convolution
                    && convolution.padding().kind() != Padding.Kind.FIXED) {
                return Optional.of(convolution.padding());
            }
        }
        return Optional.empty();
    }

    /** The channels (or features) of every node's output, by node. */
    public Map<String, Integer> channels() {
        return PlanChecks.check(inputChannels, sections);
    }

    /** The nodes that read a node's output, in order. */
    public List<Node> readers(String name) {
        List<Node> readers = new ArrayList<>();
        for (Node node : nodes()) {
            if (node.inputs().contains(name)) {
                readers.add(node);
            }
        }
        return readers;
    }
}
