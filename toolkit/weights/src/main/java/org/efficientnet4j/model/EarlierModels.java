package org.efficientnet4j.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.graph.layers.GlobalAveragePooling;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.graph.layers.SeededDropout;
import org.efficientnet4j.graph.layers.SqueezeExcite;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Section.Kind;

/**
 * Descriptions of the networks in model files of format 1, which hold a name alone. They are read off the DL4J
 * configuration, so that a file outlives the architecture file it was made from. All such networks are EfficientNets, whose
 * vertices are named {@code stem}, {@code stage3.block2.project}, {@code head} and {@code classifier}.
 */
final class EarlierModels {
    private static final Pattern BLOCK = Pattern.compile("(stage(\\d+)\\.block(\\d+))\\.(\\w+)");
    private static final List<String> PARTS =
            List.of("expand", "depthwise", "fused", "squeezeExcite", "project", "add");

    private final ComputationGraphConfiguration configuration;
    private final List<Section> sections = new ArrayList<>();

    private EarlierModels(ComputationGraphConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The model of an earlier file.
     *
     * @param name of the model
     * @param input its preprocessing
     * @param configuration its network
     * @throws IOException if the network is none that format 1 was written for
     */
    static ModelDefinition model(String name, Preprocessing input, ComputationGraphConfiguration configuration)
            throws IOException {
        try {
            return new EarlierModels(configuration).model(name, input);
        } catch (RuntimeException e) {
            throw new IOException(
                    "it is of an earlier version and its network is no EfficientNet of the toolkit's layers: "
                            + e.getMessage(),
                    e);
        }
    }

    private ModelDefinition model(String name, Preprocessing input) {
        ConvolutionSettings stem = ((ConvolutionBlock) layer("stem")).settings();
        BatchNorm norm = stem.batchNorm().orElseThrow();
        addSingle("stem", Kind.STEM, "convolution", List.of(convolution("stem", "")));
        boolean fused = addStages();
        addSingle("head", Kind.HEAD, "convolution", List.of(convolution("head", ""), pooling()));
        addSingle("classifier", Kind.CLASSIFIER, "pooling, dense", classifier());
        return new ModelDefinition(
                name,
                fused ? "efficientnet_v2" : "efficientnet",
                new Architecture.Planned(new NetworkPlan(stem.inChannels(), sections)),
                input.size(),
                input.size(),
                dropout(),
                new BatchNormSettings(norm.epsilon(), norm.decay()),
                input.normalization());
    }

    private void addSingle(String name, Kind kind, String operator, List<Node> nodes) {
        sections.add(new Section(name, kind, operator, List.of(new Block(name, nodes))));
    }

    /** Adds all stages; true where one has fused blocks. */
    private boolean addStages() {
        Map<Integer, Map<Integer, Map<String, String>>> stages = new TreeMap<>();
        for (String vertex : configuration.getVertices().keySet()) {
            Matcher name = BLOCK.matcher(vertex);
            if (name.matches()) {
                stages.computeIfAbsent(Integer.valueOf(name.group(2)), stage -> new TreeMap<>())
                        .computeIfAbsent(Integer.valueOf(name.group(3)), block -> new LinkedHashMap<>())
                        .put(name.group(4), name.group(1));
            }
        }
        int count = stages.values().stream().mapToInt(Map::size).sum();
        int index = 0;
        boolean anyFused = false;
        for (Map.Entry<Integer, Map<Integer, Map<String, String>>> stage : stages.entrySet()) {
            List<Block> blocks = new ArrayList<>();
            for (Map<String, String> parts : stage.getValue().values()) {
                blocks.add(block(parts, (double) index / count));
                index++;
            }
            boolean fused = blocks.get(0).has("fused");
            anyFused |= fused;
            sections.add(new Section("stage" + stage.getKey(), Kind.BODY, fused ? "Fused-MBConv" : "MBConv", blocks));
        }
        return anyFused;
    }

    private Block block(Map<String, String> parts, double dropShare) {
        List<Node> nodes = new ArrayList<>();
        String name = parts.values().iterator().next();
        for (String part : PARTS) {
            if (parts.containsKey(part)) {
                nodes.add(node(name + "." + part, part, dropShare));
            }
        }
        return new Block(name, nodes);
    }

    private Node node(String vertex, String part, double dropShare) {
        GraphVertex found = configuration.getVertices().get(vertex);
        if (found instanceof ResidualAdd) {
            return new Node(vertex, part, new Operation.Add(dropShare, Activation.NONE), inputs(vertex));
        } else if (layer(vertex) instanceof SqueezeExcite gate) {
            Operation operation = new Operation.SqueezeExcite(
                    gate.settings().channels(),
                    gate.settings().reducedChannels(),
                    gate.settings().activation(),
                    gate.settings().gate());
            return new Node(vertex, part, operation, inputs(vertex));
        }
        return convolution(vertex, part);
    }

    private Node convolution(String vertex, String part) {
        ConvolutionSettings settings = ((ConvolutionBlock) layer(vertex)).settings();
        Operation operation = new Operation.Convolution(
                settings.inChannels(),
                settings.outChannels(),
                settings.kernel(),
                settings.stride(),
                settings.padding(),
                settings.groups(),
                true,
                settings.activation());
        return new Node(vertex, part, operation, inputs(vertex));
    }

    private Node pooling() {
        if (!(layer("head.pool") instanceof GlobalAveragePooling)) {
            throw new IllegalStateException("head.pool is no global average pooling");
        }
        return new Node("head.pool", "pool", new Operation.GlobalAveragePooling(), inputs("head.pool"));
    }

    private List<Node> classifier() {
        FeedForwardLayer dense = (FeedForwardLayer) layer("classifier");
        String dropout = "classifier.dropout";
        return List.of(
                new Node(dropout, "dropout", new Operation.Dropout(dropout()), inputs("classifier")),
                new Node(
                        "classifier",
                        "",
                        new Operation.Dense((int) dense.getNIn(), (int) dense.getNOut(), Activation.NONE),
                        List.of(dropout)));
    }

    private double dropout() {
        return layer("classifier").getIDropout() instanceof SeededDropout dropout ? dropout.getDropRate() : 0;
    }

    private List<String> inputs(String vertex) {
        return configuration.getVertexInputs().get(vertex);
    }

    private Layer layer(String vertex) {
        if (configuration.getVertices().get(vertex) instanceof LayerVertex found) {
            return found.getLayerConf().getLayer();
        }
        throw new IllegalStateException("it has no layer " + vertex);
    }
}
