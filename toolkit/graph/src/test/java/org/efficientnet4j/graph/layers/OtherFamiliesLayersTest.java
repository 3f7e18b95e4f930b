package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A small network with the layers of AlexNet, GoogLeNet and ResNet. */
class OtherFamiliesLayersTest {
    private static final int CLASSES = 3;
    private static final int SIZE = 17;

    private static ComputationGraphConfiguration configuration(String kernels, DataType type, double dropout) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Sgd(0.01))
                .graphBuilder()
                .addInputs("images");
        graph.addLayer(
                "stem",
                convolution(3, 6, 5, 2, Activation.SWISH, false, kernels, false),
                new ChannelsLastPreProcessor(),
                "images");
        graph.addLayer("norm", new LocalResponseNormalizationBlock(6, 4, 0.3, 0.75, 1.5, kernels), "stem");
        graph.addLayer(
                "pool", new SpatialPooling(6, new PoolingSettings.Spatial(true, 3, 2, 1, true), kernels), "norm");
        graph.addLayer("a", convolution(6, 5, 1, 1, Activation.HARD_SWISH, true, kernels, true), "pool");
        graph.addLayer("b", convolution(6, 7, 3, 1, Activation.SIGMOID, false, kernels, true), "pool");
        graph.addLayer(
                "mean", new SpatialPooling(6, new PoolingSettings.Spatial(false, 3, 1, 1, false), kernels), "pool");
        graph.addVertex("joined", new ChannelConcatenation(kernels), "a", "b", "mean");
        graph.addLayer("shortcut", convolution(18, 8, 1, 2, Activation.NONE, true, kernels, true), "joined");
        graph.addLayer("branch", convolution(18, 8, 3, 2, Activation.NONE, true, kernels, true), "joined");
        graph.addVertex("add", new ResidualAdd(0, 1, Activation.SWISH, kernels), "branch", "shortcut");
        graph.addLayer("bins", new AdaptiveAveragePooling(8, new PoolingSettings.Adaptive(2, 3), kernels), "add");
        graph.addLayer("flat", new FlattenChannelsFirst(8, 2, 3, kernels), "bins");
        graph.addLayer(
                "hidden1",
                new DenseBlock(new DenseSettings(48, 10, Activation.SWISH), drop(dropout, "hidden1"), kernels),
                "flat");
        graph.addLayer(
                "hidden2",
                new DenseBlock(new DenseSettings(10, 9, Activation.SIGMOID), drop(dropout, "hidden2"), kernels),
                "hidden1");
        OutputLayer.Builder output = new OutputLayer.Builder(new LossMCXENT())
                .nIn(9)
                .nOut(CLASSES)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX);
        graph.addLayer("classifier", new Classifier(output, kernels), "hidden2");
        return graph.setOutputs("classifier").build();
    }

    private static Optional<SeededDropout> drop(double rate, String layer) {
        return rate > 0 ? Optional.of(new SeededDropout(rate, 5, layer)) : Optional.empty();
    }

    private static ConvolutionBlock convolution(
            int in,
            int out,
            int kernel,
            int stride,
            Activation activation,
            boolean norm,
            String kernels,
            boolean back) {
        return new ConvolutionBlock(
                new ConvolutionSettings(
                        in,
                        out,
                        kernel,
                        stride,
                        Padding.fixed(kernel / 2),
                        1,
                        activation,
                        norm ? Optional.of(new BatchNorm(1e-3, 0.9)) : Optional.empty()),
                1,
                back,
                kernels);
    }

    private static ComputationGraph network(String kernels, DataType type, double dropout) {
        ComputationGraph network = new ComputationGraph(configuration(kernels, type, dropout));
        network.init();
        return network;
    }

    private static DataSet batch(DataType type) {
        Nd4j.getRandom().setSeed(11);
        INDArray labels = Nd4j.zeros(type, 4, CLASSES);
        for (int i = 0; i < 4; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new DataSet(Nd4j.randn(type, 4, 3, SIZE, SIZE + 2), labels);
    }

    @Test
    void keepsAllLayersThroughJson() {
        ComputationGraphConfiguration configuration = configuration("portable", DataType.FLOAT, 0.5);
        assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    }

    /** Differences of the score against the gradient, a parameter of each layer; a step's masks are always the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void hasTheScoresGradient(double dropout) {
        ComputationGraph network = network("portable", DataType.DOUBLE, dropout);
        DataSet batch = batch(DataType.DOUBLE);
        gradient(network, batch);
        INDArray gradient = network.gradient().gradient().dup();
        network.gradient().gradientForVariable().forEach((name, values) -> {
            if (name.endsWith("_mean") || name.endsWith("_var")) {
                return;
            }
            INDArray parameter = network.getParam(name);
            long index = parameter.length() / 2;
            double before = parameter.getDouble(index);
            // The score is the examples' mean, the gradient their sum.
            double expected = values.getDouble(index) / 4;
            double step = 1e-6;
            parameter.putScalar(index, before + step);
            double above = gradient(network, batch);
            parameter.putScalar(index, before - step);
            double below = gradient(network, batch);
            parameter.putScalar(index, before);
            double found = (above - below) / (2 * step);
            assertEquals(expected, found, 1e-6 + 1e-5 * Math.abs(expected), name);
        });
        assertTrue(gradient.norm2Number().doubleValue() > 0.01);
    }

    private static double gradient(ComputationGraph network, DataSet batch) {
        network.setInputs(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        return network.score();
    }

    static Stream<String> fast() {
        return KernelProviders.all().stream()
                .filter(provider -> provider.unavailableBecause().isEmpty())
                .map(KernelProvider::name)
                .filter(name -> !name.equals("portable"));
    }

    @ParameterizedTest
    @MethodSource("fast")
    void agreesWithThePortableKernelsInDoublePrecision(String kernels) {
        ComputationGraph exact = network("portable", DataType.DOUBLE, 0.3);
        ComputationGraph network = network(kernels, DataType.FLOAT, 0.3);
        network.setParams(exact.params().castTo(DataType.FLOAT));
        DataSet batch = batch(DataType.DOUBLE);
        DataSet rounded = new DataSet(
                batch.getFeatures().castTo(DataType.FLOAT), batch.getLabels().castTo(DataType.FLOAT));
        assertClose(exact.outputSingle(batch.getFeatures()), network.outputSingle(rounded.getFeatures()), 1e-5);
        assertEquals(gradient(exact, batch), gradient(network, rounded), 1e-5);
        exact.gradient()
                .gradientForVariable()
                .forEach((name, expected) -> assertClose(
                        expected, network.gradient().gradientForVariable().get(name), 2e-4));
        for (int step = 0; step < 3; step++) {
            exact.fit(batch);
            network.fit(rounded);
        }
        assertClose(exact.params(), network.params(), 1e-4);
    }

    private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
        INDArray difference = expected.castTo(DataType.DOUBLE).sub(actual.castTo(DataType.DOUBLE));
        double scale = Math.max(expected.amaxNumber().doubleValue(), 0.01);
        assertEquals(0, difference.amaxNumber().doubleValue() / scale, tolerance);
    }

    @Test
    void dropsOutDifferentlyByLayerAndAsVersion1WithoutAName() {
        INDArray ones = Nd4j.ones(DataType.FLOAT, 4, 30);
        INDArray first = mask(new SeededDropout(0.5, 1, "hidden1"), ones);
        assertNotEquals(first, mask(new SeededDropout(0.5, 1, "hidden2"), ones));
        assertEquals(first, mask(new SeededDropout(0.5, 1, "hidden1"), ones));
        assertEquals(mask(new SeededDropout(0.5, 1), ones), mask(new SeededDropout(0.5, 1, null), ones));
    }

    private static INDArray mask(SeededDropout dropout, INDArray ones) {
        return dropout.applyDropout(ones, ones.ulike(), 3, 0, LayerWorkspaceMgr.noWorkspaces());
    }

    @Test
    void flattensChannelByChannel() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("images")
                .addLayer(
                        "flat", new FlattenChannelsFirst(2, 2, 3, "portable"), new ChannelsLastPreProcessor(), "images")
                .setOutputs("flat")
                .build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        INDArray images = Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 2, 2, 2, 3);
        assertEquals(images.reshape('c', 2, 12), network.outputSingle(images));
    }
}
