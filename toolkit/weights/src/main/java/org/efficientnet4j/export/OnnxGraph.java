package org.efficientnet4j.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * An ONNX graph in the making. A method that adds takes the names of values and returns the name of a value; the names of
 * layers become those of nodes, so that a viewer shows them.
 *
 * <p>Source: ONNX's operator schemas, opset 17.
 */
final class OnnxGraph {
    private static final long IR_VERSION = 8;
    private static final long OPSET = 17;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    /**
     * Geometry of a convolution.
     *
     * @param kernel height and width
     * @param stride both ways
     * @param padding SAME is right for every image size; any other has numbers of pixels
     * @param groups 1, or the channels of a depthwise convolution
     */
    record Window(int kernel, int stride, Padding padding, int groups) {
        /** One pixel. */
        static final Window POINT = new Window(1, 1, Padding.SAME, 1);
    }

    /** The input {@code [batch, channels, height, width]}, of one size where that is given. */
    String images(int channels, OptionalInt size) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(free("batch"))
                .addDim(fixed(channels))
                .addDim(size.isPresent() ? fixed(size.getAsInt()) : free("height"))
                .addDim(size.isPresent() ? fixed(size.getAsInt()) : free("width"))
                .build();
        graph.addInput(value("images", shape));
        return "images";
    }

    /** Names a value as the graph's output {@code [batch, classes]}. */
    void output(String from, String name, int classes) {
        node(name, "Identity", from);
        graph.addOutput(value(
                name,
                TensorShapeProto.newBuilder()
                        .addDim(free("batch"))
                        .addDim(fixed(classes))
                        .build()));
    }

    /** {@code [N, I, H, W]} to {@code [N, O, H/s, W/s]}; weights {@code [O, I/groups, k, k]}, bias {@code [O]}. */
    String convolution(String layer, String input, INDArray weights, INDArray bias, Window window) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType("Conv")
                .setName(layer)
                .addInput(input)
                .addInput(constant(layer + ".weight", weights))
                .addInput(constant(layer + ".bias", bias))
                .addAttribute(integers("kernel_shape", window.kernel(), window.kernel()))
                .addAttribute(integers("strides", window.stride(), window.stride()))
                .addAttribute(integer("group", window.groups()));
        int pad = window.padding().before(window.kernel(), window.kernel(), window.stride());
        node.addAttribute(
                window.padding().kind() == Padding.Kind.SAME
                        ? text("auto_pad", "SAME_UPPER")
                        : integers("pads", pad, pad, pad, pad));
        return add(node, layer + ".convolved");
    }

    /** A value behind an activation. */
    String activation(String layer, Activation activation, String input) {
        return switch (activation) {
            case NONE -> input;
            case SWISH -> node(layer + ".swish", "Mul", input, node(layer + ".sigmoid", "Sigmoid", input));
            case RELU -> node(layer + ".relu", "Relu", input);
            case RELU6 -> node(layer + ".relu6", "Clip", input, scalar(layer + ".zero", 0), scalar(layer + ".six", 6));
            case HARD_SWISH -> node(layer + ".hardSwish", "HardSwish", input);
            case SIGMOID -> node(layer + ".sigmoid", "Sigmoid", input);
            case HARD_SIGMOID ->
                add(
                        NodeProto.newBuilder()
                                .setOpType("HardSigmoid")
                                .setName(layer + ".hardSigmoid")
                                .addInput(input)
                                .addAttribute(decimal("alpha", 1 / 6f))
                                .addAttribute(decimal("beta", 0.5f)),
                        layer + ".hardSigmoid");
        };
    }

    /** Maximum or mean over windows. */
    String pooling(String layer, String input, Operation.Pooling pooling) {
        boolean max = pooling.kind() == Operation.Pooling.Kind.MAX;
        int pad = pooling.padding();
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(max ? "MaxPool" : "AveragePool")
                .setName(layer)
                .addInput(input)
                .addAttribute(integers("kernel_shape", pooling.kernel(), pooling.kernel()))
                .addAttribute(integers("strides", pooling.stride(), pooling.stride()))
                .addAttribute(integers("pads", pad, pad, pad, pad))
                .addAttribute(integer("ceil_mode", pooling.ceil() ? 1 : 0));
        if (!max) {
            node.addAttribute(integer("count_include_pad", 1));
        }
        return add(node, layer);
    }

    /** Maps behind each other along their channels. */
    String concatenation(String layer, List<String> inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType("Concat").setName(layer).addAllInput(inputs);
        return add(node.addAttribute(integer("axis", 1)), layer);
    }

    /** Division by the neighbouring channels' squares. */
    String localResponseNormalization(String layer, String input, Operation.LocalResponseNormalization operation) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType("LRN")
                .setName(layer)
                .addInput(input)
                .addAttribute(integer("size", operation.size()))
                .addAttribute(decimal("alpha", (float) operation.alpha()))
                .addAttribute(decimal("beta", (float) operation.beta()))
                .addAttribute(decimal("bias", (float) operation.k()));
        return add(node, layer);
    }

    String softmax(String input) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType("Softmax").setName("softmax").addInput(input);
        return add(node.addAttribute(integer("axis", 1)), "softmax");
    }

    /** Elementwise, with broadcasting. */
    String multiply(String layer, String left, String right) {
        return node(layer, "Mul", left, right);
    }

    String add(String layer, String left, String right) {
        return node(layer, "Add", left, right);
    }

    /** {@code [N, C, H, W]} to {@code [N, C, 1, 1]}. */
    String globalAverage(String layer, String input) {
        return node(layer, "GlobalAveragePool", input);
    }

    /** {@code [N, C, 1, 1]} to {@code [N, C]}. */
    String flatten(String layer, String input) {
        return node(layer, "Flatten", input);
    }

    /** {@code x W + b}; weights {@code [features, classes]}. */
    String product(String layer, String input, INDArray weights, INDArray bias) {
        return node(layer, "Gemm", input, constant(layer + ".weight", weights), constant(layer + ".bias", bias));
    }

    /** The finished file. */
    ModelProto model(String name, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("EfficientNet4J")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph.setName(name));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private String node(String layer, String operation, String... inputs) {
        return add(
                NodeProto.newBuilder().setOpType(operation).setName(layer).addAllInput(Arrays.asList(inputs)), layer);
    }

    private String add(NodeProto.Builder node, String output) {
        graph.addNode(node.addOutput(output));
        return output;
    }

    private String constant(String name, INDArray values) {
        float[] floats = values.dup('c').data().asFloat();
        byte[] bytes = new byte[floats.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats);
        long[] shape = values.rank() == 2 && values.size(0) == 1 ? new long[] {values.length()} : values.shape();
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(Arrays.stream(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    private String scalar(String name, float value) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData(value));
        return name;
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private static AttributeProto decimal(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build();
    }

    private static ValueInfoProto value(String name, TensorShapeProto shape) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }

    private static TensorShapeProto.Dimension free(String name) {
        return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
    }

    private static TensorShapeProto.Dimension fixed(long size) {
        return TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
    }
}
