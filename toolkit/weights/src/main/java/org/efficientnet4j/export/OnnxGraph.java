package org.efficientnet4j.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
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
     * How a convolution moves.
     *
     * @param kernel height and width
     * @param stride both ways
     * @param same TensorFlow's padding, right for every image size; else half a kernel on each side
     * @param groups 1, or the channels of a depthwise convolution
     */
    record Window(int kernel, int stride, boolean same, int groups) {}

    /** The input {@code [batch, channels, height, width]}. */
    String images(int channels) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(free("batch"))
                .addDim(fixed(channels))
                .addDim(free("height"))
                .addDim(free("width"))
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
        int half = window.kernel() / 2;
        node.addAttribute(
                window.same()
                        ? AttributeProto.newBuilder()
                                .setName("auto_pad")
                                .setType(AttributeProto.AttributeType.STRING)
                                .setS(ByteString.copyFromUtf8("SAME_UPPER"))
                                .build()
                        : integers("pads", half, half, half, half));
        return add(node, layer + ".convolved");
    }

    /** {@code x * sigmoid(x)}. */
    String swish(String layer, String input) {
        return node(layer + ".swish", "Mul", input, sigmoid(layer + ".sigmoid", input));
    }

    String sigmoid(String layer, String input) {
        return node(layer, "Sigmoid", input);
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
