package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Outputs and gradients of layers under every provider against PyTorch's, which {@code torch_layers.py} wrote. */
class TorchLayersTest {
    private static final int IMAGES = 4;

    static List<Object[]> cases() throws IOException {
        List<Object[]> result = new ArrayList<>();
        try (InputStream file = TorchLayersTest.class.getResourceAsStream("torch-layers.json")) {
            for (JsonNode wanted : new ObjectMapper().readTree(file).get("cases")) {
                for (KernelProvider provider : KernelProviders.all()) {
                    if (provider.unavailableBecause().isEmpty()) {
                        result.add(new Object[] {wanted.get("name").asText(), provider.name(), wanted});
                    }
                }
            }
        }
        return result;
    }

    private static List<Layer> layers(String name, String kernels) {
        return switch (name) {
            case "maxPool k3 s2 p1" -> List.of(pooling(true, 3, 2, 1, false, kernels));
            case "maxPool k3 s2 ceil" -> List.of(pooling(true, 3, 2, 0, true, kernels));
            case "maxPool k2 s3 p1 ceil" -> List.of(pooling(true, 2, 3, 1, true, kernels));
            case "avgPool k3 s2 p1 ceil" -> List.of(pooling(false, 3, 2, 1, true, kernels));
            case "adaptive 3x2" -> List.of(new AdaptiveAveragePooling(2, new PoolingSettings.Adaptive(3, 2), kernels));
            case "adaptive 7x7" -> List.of(new AdaptiveAveragePooling(1, new PoolingSettings.Adaptive(7, 7), kernels));
            case "lrn 5" -> List.of(new LocalResponseNormalizationBlock(7, 5, 0.3, 0.75, 1.5, kernels));
            case "lrn 2" -> List.of(new LocalResponseNormalizationBlock(4, 2, 0.3, 0.75, 1.5, kernels));
            case "conv k11 s4 p2 relu" -> List.of(convolution(3, 2, 11, 4, 2, 1, Activation.RELU, kernels));
            case "conv k3 groups relu6" -> List.of(convolution(4, 6, 3, 2, 1, 2, Activation.RELU6, kernels));
            case "conv k2 hardswish" -> List.of(convolution(2, 3, 2, 1, 0, 1, Activation.HARD_SWISH, kernels));
            case "conv k1 hardsigmoid" -> List.of(convolution(2, 3, 1, 1, 0, 1, Activation.HARD_SIGMOID, kernels));
            case "flatten dense sigmoid" ->
                List.of(
                        new FlattenChannelsFirst(2, 3, 4, kernels),
                        new DenseBlock(new DenseSettings(24, 5, Activation.SIGMOID), Optional.empty(), kernels));
            default -> throw new IllegalArgumentException("Unknown case " + name);
        };
    }

    private static SpatialPooling pooling(
            boolean maximum, int kernel, int stride, int padding, boolean ceil, String kernels) {
        return new SpatialPooling(2, new PoolingSettings.Spatial(maximum, kernel, stride, padding, ceil), kernels);
    }

    private static ConvolutionBlock convolution(
            int in, int out, int kernel, int stride, int padding, int groups, Activation activation, String kernels) {
        return new ConvolutionBlock(
                new ConvolutionSettings(
                        in, out, kernel, stride, Padding.fixed(padding), groups, activation, Optional.empty()),
                1,
                true,
                kernels);
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("cases")
    void agrees(String name, String kernels, JsonNode wanted) {
        DataType type = kernels.equals("portable") ? DataType.DOUBLE : DataType.FLOAT;
        double tolerance = type == DataType.DOUBLE ? 1e-7 : 2e-5;
        ComputationGraph network = network(layers(name, kernels), type);
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            boolean weights = parameter.getKey().endsWith("_W");
            parameter
                    .getValue()
                    .assign(of(parameter(wanted.get("parameters"), weights), type)
                            .reshape('c', parameter.getValue().shape()));
        }
        long[] shape = shape(wanted.get("inputShape"));
        INDArray images = of(wanted.get("input"), type)
                .reshape('c', shape)
                .permute(0, 2, 3, 1)
                .dup('c');
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        network.initGradientsView();
        INDArray output = images;
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            layer.setInput(output, none);
            output = layer.activate(true, none);
        }
        assertArrayEquals(
                shape(wanted.get("outputShape")), channelsFirst(output).shape());
        assertClose(of(wanted.get("output"), type), channelsFirst(output), tolerance, "output");

        INDArray given = of(wanted.get("outputGradient"), type).reshape('c', shape(wanted.get("outputShape")));
        INDArray epsilon = given.rank() == IMAGES ? given.permute(0, 2, 3, 1).dup('c') : given;
        for (int i = network.getNumLayers() - 1; i >= 0; i--) {
            Pair<Gradient, INDArray> back = network.getLayer(i).backpropGradient(epsilon, none);
            epsilon = back.getSecond();
            back.getFirst()
                    .gradientForVariable()
                    .forEach((key, values) -> assertClose(
                            of(parameter(wanted.get("gradients"), key.equals("W")), type), values, tolerance, key));
        }
        assertClose(of(wanted.get("inputGradient"), type), channelsFirst(epsilon), tolerance, "input gradient");
    }

    private static ComputationGraph network(List<Layer> layers, DataType type) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .dataType(type)
                .graphBuilder()
                .addInputs("in");
        String last = "in";
        for (Layer layer : layers) {
            String name = "layer" + layers.indexOf(layer);
            graph.addLayer(name, layer, last);
            last = name;
        }
        ComputationGraph network = new ComputationGraph(graph.setOutputs(last).build());
        network.init();
        return network;
    }

    private static JsonNode parameter(JsonNode all, boolean weights) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = all.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> each = fields.next();
            if (each.getKey().endsWith(weights ? "weight" : "bias")) {
                return each.getValue();
            }
        }
        throw new IllegalArgumentException("No parameter in " + all);
    }

    private static INDArray of(JsonNode numbers, DataType type) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asDouble();
        }
        return Nd4j.createFromArray(values).castTo(type);
    }

    private static long[] shape(JsonNode sizes) {
        return of(sizes, DataType.DOUBLE).toLongVector();
    }

    private static INDArray channelsFirst(INDArray array) {
        return array.rank() == IMAGES ? array.permute(0, 3, 1, 2) : array;
    }

    private static void assertClose(INDArray expected, INDArray actual, double tolerance, String what) {
        INDArray found = actual.dup('c').reshape(actual.length());
        double scale = Math.max(1, expected.amaxNumber().doubleValue());
        assertEquals(
                0, expected.reshape(expected.length()).sub(found).amaxNumber().doubleValue() / scale, tolerance, what);
    }
}
