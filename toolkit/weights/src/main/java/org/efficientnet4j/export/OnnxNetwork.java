package org.efficientnet4j.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Operation.Pooling.Kind;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Walks a plan and adds each node with the parameters of a network built from it; reading a node returns its value. */
final class OnnxNetwork implements Operation.Reader<String> {
    private final OnnxGraph graph;
    private final ComputationGraph network;
    private final Map<String, String> values = new HashMap<>();
    private Map<String, Shape> shapes = Map.of();
    private String logits;

    OnnxNetwork(OnnxGraph graph, ComputationGraph network) {
        this.graph = graph;
        this.network = network;
    }

    /**
     * The whole network but the sections for training alone; returns the logits.
     *
     * @param size the images' height and width, to which a network with adaptive pooling is fixed
     */
    String add(NetworkPlan plan, int size) {
        logits = plan.classifier().orElseThrow().name();
        shapes = plan.shapes(size, size);
        boolean fixed =
                plan.nodes().stream().anyMatch(node -> node.operation() instanceof Operation.AdaptiveAveragePooling);
        OptionalInt onlySize = fixed ? OptionalInt.of(size) : OptionalInt.empty();
        values.put(NetworkPlan.INPUT, graph.images(plan.inputChannels(), onlySize));
        for (Section section : plan.sections()) {
            if (section.kind() != Section.Kind.AUXILIARY) {
                section.nodes().forEach(node -> values.put(node.name(), node.read(this)));
            }
        }
        return values.get(logits);
    }

    private String input(Node node) {
        return values.get(node.input());
    }

    /** With batch norm {@code y = (W x - mean) gamma / sqrt(var + epsilon) + beta}, as one convolution with a bias. */
    @Override
    public String convolution(Node node, Operation.Convolution operation) {
        ConvolutionSettings settings = settings(node);
        INDArray weights = parameter(node.name() + "_W");
        INDArray bias;
        if (settings.batchNorm().isPresent()) {
            double epsilon = settings.batchNorm().get().epsilon();
            INDArray mean = parameter(node.name() + "_mean");
            INDArray shifted = operation.bias() ? mean.sub(parameter(node.name() + "_b")) : mean;
            INDArray variance = parameter(node.name() + "_var");
            INDArray scale = parameter(node.name() + "_gamma").div(Transforms.sqrt(variance.add(epsilon)));
            weights = weights.mul(scale.reshape(scale.length(), 1, 1, 1).broadcast(weights.shape()));
            bias = parameter(node.name() + "_beta").sub(shifted.mul(scale));
        } else {
            bias = parameter(node.name() + "_b");
        }
        OnnxGraph.Window window =
                new OnnxGraph.Window(operation.kernel(), operation.stride(), settings.padding(), operation.groups());
        String convolved = graph.convolution(node.name(), input(node), weights, bias, window);
        return graph.activation(node.name(), operation.activation(), convolved);
    }

    @Override
    public String squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        String name = node.name();
        String squeezed = graph.globalAverage(name + ".squeeze", input(node));
        String reduced =
                graph.activation(name + ".reduce", operation.activation(), pointwise(name, "1", ".reduce", squeezed));
        String gate = graph.activation(name + ".gate", operation.gate(), pointwise(name, "2", ".expand", reduced));
        return graph.multiply(name, input(node), gate);
    }

    private String pointwise(String layer, String number, String suffix, String input) {
        INDArray weights = parameter(layer + "_W" + number);
        return graph.convolution(
                layer + suffix,
                input,
                weights.reshape('c', weights.size(0), weights.size(1), 1, 1),
                parameter(layer + "_b" + number),
                OnnxGraph.Window.POINT);
    }

    @Override
    public String pooling(Node node, Operation.Pooling operation) {
        return graph.pooling(node.name(), input(node), operation);
    }

    /** ONNX has no such operator; equal windows do it where the map is a multiple of the output. */
    @Override
    public String adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        Shape map = shapes.get(node.input());
        int window = map.height() / operation.height();
        if (map.height() != window * operation.height() || map.width() != window * operation.width() || window == 0) {
            throw new InvalidInputException("An adaptive pooling must read a map of a multiple of its size of "
                    + operation.height() + " x " + operation.width() + " in ONNX, found " + map + " in " + node.name()
                    + ": export at another --size");
        }
        return window == 1
                ? input(node)
                : graph.pooling(
                        node.name(), input(node), new Operation.Pooling(Kind.AVERAGE, window, window, 0, false));
    }

    @Override
    public String globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return graph.flatten(node.name() + ".features", graph.globalAverage(node.name(), input(node)));
    }

    @Override
    public String add(Node node, Operation.Add operation) {
        String sum =
                graph.add(node.name(), input(node), values.get(node.inputs().get(1)));
        return graph.activation(node.name(), operation.activation(), sum);
    }

    @Override
    public String concatenation(Node node, Operation.Concatenation operation) {
        List<String> inputs = node.inputs().stream().map(values::get).toList();
        return graph.concatenation(node.name(), inputs);
    }

    @Override
    public String flatten(Node node, Operation.Flatten operation) {
        return graph.flatten(node.name(), input(node));
    }

    @Override
    public String dense(Node node, Operation.Dense operation) {
        INDArray stored = parameter(node.name() + "_W");
        // DL4J's classifier has [features, classes], the toolkit's dense layers PyTorch's order.
        INDArray weights = node.name().equals(logits) ? stored : stored.transpose();
        String product = graph.product(node.name(), input(node), weights, parameter(node.name() + "_b"));
        return graph.activation(node.name(), operation.activation(), product);
    }

    @Override
    public String dropout(Node node, Operation.Dropout operation) {
        return input(node);
    }

    @Override
    public String localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return graph.localResponseNormalization(node.name(), input(node), operation);
    }

    private ConvolutionSettings settings(Node node) {
        if (network.getLayer(node.name()) != null
                && network.getLayer(node.name()).conf().getLayer() instanceof ConvolutionBlock block) {
            return block.settings();
        }
        throw another(node.name());
    }

    private INDArray parameter(String key) {
        INDArray found = network.paramTable().get(key);
        if (found == null) {
            throw another(key);
        }
        return found;
    }

    private static InvalidInputException another(String missing) {
        return new InvalidInputException("A model file's network must be the one its description says, found none with "
                + missing + ": it cannot be exported");
    }
}
