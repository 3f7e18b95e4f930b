package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InputChecksTest {
    static Stream<String> providers() {
        return KernelProviders.all().stream()
                .filter(provider -> provider.unavailableBecause().isEmpty())
                .map(KernelProvider::name);
    }

    private static ComputationGraph network(Layer layer) {
        ComputationGraph network = new ComputationGraph(graph().addInputs("in")
                .addLayer("tested", layer, "in")
                .setOutputs("tested")
                .build());
        network.init();
        return network;
    }

    private static GraphBuilder graph() {
        return new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).graphBuilder();
    }

    private static ConvolutionSettings convolution(int kernel) {
        return new ConvolutionSettings(5, 4, kernel, 1, Padding.NONE, 1, Activation.RELU, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void layersRefuseAnotherShapeNamingThemselves(String kernels) {
        Layer[] layers = {
            new ConvolutionBlock(convolution(1), 1, true, kernels),
            new SqueezeExcite(SqueezeExciteSettings.swish(5, 2), kernels),
            new GlobalAveragePooling(5, kernels),
            new SpatialPooling(5, new PoolingSettings.Spatial(true, 2, 2, 0, false), kernels),
            new AdaptiveAveragePooling(5, new PoolingSettings.Adaptive(2, 2), kernels),
            new FlattenChannelsFirst(5, 7, 6, kernels),
            new LocalResponseNormalizationBlock(5, 3, 1, 1, 1, kernels),
            new DenseBlock(new DenseSettings(5, 3, Activation.NONE), Optional.empty(), kernels)
        };
        for (Layer layer : layers) {
            ComputationGraph network = network(layer);
            for (INDArray input :
                    new INDArray[] {Nd4j.ones(2, 7, 6, 3), Nd4j.ones(2, 5, 7, 6), Nd4j.ones(2, 3), Nd4j.ones(2, 6, 5)
                    }) {
                refuses(() -> network.outputSingle(input), "tested", "found an array of shape");
                refuses(() -> network.output(true, input), "tested", "found an array of shape");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void layersRefuseImagesSmallerThanTheirKernels(String kernels) {
        INDArray small = Nd4j.ones(DataType.FLOAT, 2, 3, 9, 5);
        ComputationGraph convolution = network(new ConvolutionBlock(convolution(4), 1, true, kernels));
        refuses(() -> convolution.outputSingle(small), "tested", "kernel of 4 x 4 pixels, found images of height 3");
        ComputationGraph pooling =
                network(new SpatialPooling(5, new PoolingSettings.Spatial(true, 4, 2, 0, true), kernels));
        refuses(() -> pooling.outputSingle(small), "tested", "kernel of 4 x 4 pixels, found images of height 3");
        ComputationGraph flat = network(new FlattenChannelsFirst(5, 7, 6, kernels));
        refuses(() -> flat.outputSingle(small), "tested", "7 x 6 pixels");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void verticesRefuseImagesThatDoNotAgree(String kernels) {
        ComputationGraph add = new ComputationGraph(graph().addInputs("a", "b")
                .addVertex("sum", new ResidualAdd(0, 1, kernels), "a", "b")
                .setOutputs("sum")
                .build());
        add.init();
        INDArray images = Nd4j.ones(DataType.FLOAT, 2, 3, 4, 5);
        refuses(() -> add.output(images, Nd4j.ones(DataType.FLOAT, 2, 3, 4, 6)), "sum", "of one shape");
        ComputationGraph join = new ComputationGraph(graph().addInputs("a", "b")
                .addVertex("join", new ChannelConcatenation(kernels), "a", "b")
                .setOutputs("join")
                .build());
        join.init();
        refuses(() -> join.output(images, Nd4j.ones(DataType.FLOAT, 2, 4, 4, 5)), "join", "all but their channels");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void inferenceRefusesWhatTheLayersRefuse(String kernels) {
        ComputationGraph network = new ComputationGraph(graph().addInputs("images")
                .addLayer(
                        "first",
                        new ConvolutionBlock(convolution(3), 1, false, kernels),
                        new ChannelsLastPreProcessor(),
                        "images")
                .addLayer(
                        "pool",
                        new SpatialPooling(4, new PoolingSettings.Spatial(true, 3, 2, 0, false), kernels),
                        "first")
                .setOutputs("pool")
                .build());
        network.init();
        try (NetworkInference inference = NetworkInference.of(network)) {
            inference.output(Nd4j.ones(DataType.FLOAT, 1, 5, 8, 8));
            refuses(() -> inference.output(Nd4j.ones(DataType.FLOAT, 1, 3, 8, 8)), "", "found an array of shape");
            refuses(() -> inference.output(Nd4j.ones(DataType.FLOAT, 5, 8)), "", "found an array of shape");
            refuses(() -> inference.output(Nd4j.ones(DataType.FLOAT, 1, 5, 2, 8)), "first", "found images of height 2");
            refuses(() -> inference.output(Nd4j.ones(DataType.FLOAT, 1, 5, 8, 4)), "pool", "found images of height 6");
        }
    }

    private static void refuses(Runnable run, String name, String text) {
        DL4JInvalidInputException refusal = assertThrows(DL4JInvalidInputException.class, run::run);
        assertTrue(refusal.getMessage().contains(name) && refusal.getMessage().contains(text), refusal.getMessage());
    }
}
