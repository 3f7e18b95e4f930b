package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.efficientnet4j.graph.FastTraining;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.graph.Subgraph;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's layers behind feature maps, whose channels it would take for their height where both are equal. */
class MapReadersTest {
    /** MobileNetV2's first map of 16 channels is 16 x 16 pixels at 32 pixels. */
    private static final int SIZE = 32;

    private static final String MAP = "stage1.block1.project";
    private static final int CHANNELS = 16;

    private static ComputationGraph backbone(String model) {
        return NetworkGraph.create(
                ModelCatalog.find(model),
                GraphOptions.builder().classes(3).updater(new Sgd(0.1)).build());
    }

    private static TransferLearning.GraphBuilder edited(ComputationGraph network) {
        return new TransferLearning.GraphBuilder(network)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build());
    }

    private static String refusal(UnaryOperator<TransferLearning.GraphBuilder> change) {
        TransferLearning.GraphBuilder builder = change.apply(edited(backbone("mobilenet_v2")));
        return assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
    }

    static Stream<Layer> readersOfTheWrongAxis() {
        return Stream.of(
                convolution(CNN2DFormat.NCHW),
                new SubsamplingLayer.Builder(2, 2).build(),
                new BatchNormalization.Builder().nIn(CHANNELS).nOut(CHANNELS).build(),
                new Upsampling2D.Builder(2).build(),
                new ZeroPaddingLayer.Builder(1, 1).build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                new CnnLossLayer.Builder(LossFunctions.LossFunction.XENT).build());
    }

    private static ConvolutionLayer convolution(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nIn(CHANNELS)
                .nOut(4)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .build();
    }

    @ParameterizedTest
    @MethodSource("readersOfTheWrongAxis")
    void aLayerThatWouldTakeRowsForChannelsIsRefused(Layer layer) {
        String message = refusal(builder -> builder.addLayer("mine", layer, MAP).setOutputs("classifier", "mine"));
        assertTrue(message.contains("The vertex mine reads feature maps whose channels come last"), message);
    }

    static Stream<GraphVertex> verticesOfTheWrongAxis() {
        return Stream.of(new MergeVertex(), new SubsetVertex(0, 3));
    }

    @ParameterizedTest
    @MethodSource("verticesOfTheWrongAxis")
    void aVertexThatWouldTakeRowsForChannelsIsRefused(GraphVertex vertex) {
        String[] inputs = vertex instanceof MergeVertex ? new String[] {MAP, "stem"} : new String[] {MAP};
        String message =
                refusal(builder -> builder.addVertex("mine", vertex, inputs).setOutputs("classifier", "mine"));
        assertTrue(message.contains("The vertex mine reads"), message);
    }

    @Test
    void theOrderIsFollowedThroughLayersThatKeepIt() {
        String message = refusal(builder -> builder.addLayer(
                        "relu",
                        new ActivationLayer.Builder()
                                .activation(Activation.RELU)
                                .build(),
                        MAP)
                .addLayer("mine", convolution(CNN2DFormat.NCHW), "relu")
                .setOutputs("classifier", "mine"));
        assertTrue(message.contains("The vertex mine"), message);
    }

    @Test
    void mapsOfBothOrdersAreNotAdded() {
        String message = refusal(
                builder -> builder.addVertex("first", new PreprocessorVertex(new ChannelsFirstPreProcessor()), MAP)
                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", MAP)
                        .setOutputs("classifier", "sum"));
        assertTrue(message.contains("The vertex sum") && message.contains("one order"), message);
    }

    @Test
    void aFlatteningOfTheWrongOrderIsRefused() {
        String message = refusal(builder -> builder.addVertex(
                        "flat", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(16, 16, CHANNELS)), MAP)
                .setOutputs("classifier", "flat"));
        assertTrue(message.contains("The vertex flat") && message.contains("NHWC"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"googlenet", "resnet18", "efficientnet_b0", "efficientnet_v2_b0", "vgg11", "vgg11_bn", "alexnet"
            })
    void aNetworkOfTheFactoryChecksItself(String model) {
        TransferLearning.GraphBuilder builder = withPoolingBehindTheFirstLayer(backbone(model));
        assertThrows(DL4JInvalidConfigException.class, builder::build);
    }

    /** All but the stem and the first block, which has no residual connection, is cut off. */
    @Test
    void theFirstBlocksOfANetworkCheckThemselves() {
        ComputationGraph network = backbone("efficientnet_b0");
        TransferLearning.GraphBuilder builder = edited(network);
        List<String> vertices =
                List.copyOf(network.getConfiguration().getVertices().keySet());
        String last = "stage1.block1.project";
        vertices.subList(vertices.indexOf(last) + 1, vertices.size()).forEach(builder::removeVertexAndConnections);
        builder.addLayer("mine", new SubsamplingLayer.Builder(2, 2).build(), last)
                .setOutputs("mine");
        assertThrows(DL4JInvalidConfigException.class, builder::build);
    }

    /** DL4J gives a layer no sight of its network: the check runs where the toolkit is handed the network. */
    @Test
    void aChainOfLayersOfItsOwnIsCheckedOnRequest() {
        ConvolutionSettings settings = new ConvolutionSettings(
                3, 8, 3, 1, Padding.SAME, 1, org.efficientnet4j.plan.Activation.RELU, Optional.empty());
        ComputationGraph changed = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "own", new ConvolutionBlock(settings, 1, true, "auto"), new ChannelsLastPreProcessor(), "input")
                .addLayer("mine", new SubsamplingLayer.Builder(2, 2).build(), "own")
                .setOutputs("mine")
                .build());
        changed.init();
        assertThrows(DL4JInvalidConfigException.class, () -> MapReaders.check(changed.getConfiguration()));
        assertThrows(DL4JInvalidConfigException.class, () -> FastTraining.install(changed));
        assertThrows(DL4JInvalidConfigException.class, () -> FusedUpdater.install(changed));
        assertThrows(DL4JInvalidConfigException.class, () -> NetworkInference.of(changed));
    }

    private static TransferLearning.GraphBuilder withPoolingBehindTheFirstLayer(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        String first = configuration.getVertices().keySet().iterator().next();
        return edited(network)
                .addLayer("mine", new SubsamplingLayer.Builder(2, 2).build(), first)
                .setOutputs(Stream.concat(Stream.of("mine"), configuration.getNetworkOutputs().stream())
                        .toArray(String[]::new));
    }

    /** Both recipes of docs/library.md, on a map whose height equals its channels, by the same weights. */
    @Test
    void bothWaysToReadMapsGiveTheSameAndLearn() {
        ComputationGraph network = backbone("mobilenet_v2");
        ComputationGraph last = decoder(network, CNN2DFormat.NHWC);
        ComputationGraph first = decoder(network, CNN2DFormat.NCHW);
        MapReaders.check(last.getConfiguration());
        MapReaders.check(first.getConfiguration());
        first.getLayer("decoder").setParams(last.getLayer("decoder").params().dup());
        INDArray images = Nd4j.rand(DataType.FLOAT, 2, 3, SIZE, SIZE);
        INDArray maskLast = last.outputSingle(images);
        INDArray maskFirst = first.outputSingle(images);
        assertArrayEquals(new long[] {2, SIZE, SIZE, 4}, maskLast.shape());
        assertArrayEquals(new long[] {2, 4, SIZE, SIZE}, maskFirst.shape());
        assertTrue(maskLast.permute(0, 3, 1, 2).equalsWithEps(maskFirst, 1e-5));

        INDArray labels = Nd4j.zeros(DataType.FLOAT, 2, 4, SIZE, SIZE);
        double before = first.score(new DataSet(images, labels));
        for (int step = 0; step < 5; step++) {
            first.fit(new DataSet(images, labels));
            last.fit(new DataSet(images, labels.permute(0, 2, 3, 1).dup()));
        }
        assertTrue(first.score(new DataSet(images, labels)) < before);
        assertTrue(last.getLayer("decoder")
                .params()
                .equalsWithEps(first.getLayer("decoder").params(), 1e-4));
    }

    private static ComputationGraph decoder(ComputationGraph network, CNN2DFormat format) {
        boolean channelsLast = format == CNN2DFormat.NHWC;
        TransferLearning.GraphBuilder builder =
                edited(Subgraph.upTo(network, List.of(MAP))).setFeatureExtractor(MAP);
        if (!channelsLast) {
            builder.addVertex("maps", new PreprocessorVertex(new ChannelsFirstPreProcessor()), MAP);
        }
        return builder.addLayer("decoder", convolution(format), channelsLast ? MAP : "maps")
                .addLayer(
                        "larger", new Upsampling2D.Builder(2).dataFormat(format).build(), "decoder")
                .addLayer(
                        "mask",
                        new CnnLossLayer.Builder(LossFunctions.LossFunction.XENT)
                                .format(format)
                                .activation(Activation.SIGMOID)
                                .build(),
                        "larger")
                .setOutputs("mask")
                .build();
    }
}
