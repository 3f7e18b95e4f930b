package org.efficientnet4j.graph.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Residual sums whose two gradients are one array, or must not be, against central differences of the loss. */
class SharedGradientTest {
    private static final int CHANNELS = 8;
    private static final int CLASSES = 3;
    private static final double STEP = 1e-6;
    private static final int SAMPLES = 60;

    /** Graphs around a sum, and whether its two gradients may share memory. */
    enum Surroundings {
        /** A branch of two convolutions beside its input. */
        PLAIN(true) {
            @Override
            String build(Graph graph) {
                String branch =
                        graph.convolution("b", Activation.NONE, graph.convolution("a", Activation.RELU, "stem"));
                return graph.sum(branch, "stem");
            }
        },
        /** The branch's last convolution overwrites the gradient that it is given. */
        BRANCH_WITH_ACTIVATION(false) {
            @Override
            String build(Graph graph) {
                String branch =
                        graph.convolution("b", Activation.SWISH, graph.convolution("a", Activation.RELU, "stem"));
                return graph.sum(branch, "stem");
            }
        },
        /** A shortcut that overwrites its gradient before the branch has read it. */
        LATER_SHORTCUT(false) {
            @Override
            String build(Graph graph) {
                String branch = graph.convolution("b", Activation.NONE, "stem");
                String long1 = graph.convolution("c", Activation.RELU, "stem");
                String long2 = graph.convolution("d", Activation.RELU, long1);
                return graph.sum(branch, graph.convolution("e", Activation.SWISH, long2));
            }
        },
        /** Another reader of the shortcut, whose gradient is added before the branch has read its own. */
        SECOND_READER_OF_THE_SHORTCUT(false) {
            @Override
            String build(Graph graph) {
                String branch = graph.convolution("b", Activation.NONE, "stem");
                String sum = graph.sum(branch, "stem");
                String other = graph.convolution("x", Activation.RELU, "stem");
                return graph.convolution(
                        "last", Activation.RELU, graph.joined(graph.convolution("y", Activation.NONE, other), sum));
            }
        },
        /** Another reader of the branch. */
        SECOND_READER_OF_THE_BRANCH(false) {
            @Override
            String build(Graph graph) {
                String branch =
                        graph.convolution("b", Activation.NONE, graph.convolution("a", Activation.RELU, "stem"));
                return graph.convolution("last", Activation.RELU, graph.joined(graph.sum(branch, "stem"), branch));
            }
        },
        /** A sum with itself. */
        TWICE(false) {
            @Override
            String build(Graph graph) {
                String branch = graph.convolution("b", Activation.NONE, "stem");
                return graph.sum(branch, branch);
            }
        };

        private final boolean shares;

        Surroundings(boolean shares) {
            this.shares = shares;
        }

        abstract String build(Graph graph);
    }

    /** A configuration in the making. */
    private static final class Graph {
        private final GraphBuilder builder;
        private final String kernels;

        Graph(String kernels, DataType type) {
            this.kernels = kernels;
            builder = new NeuralNetConfiguration.Builder()
                    .seed(3)
                    .dataType(type)
                    .graphBuilder()
                    .addInputs("images");
            builder.addLayer(
                    "stem", block(3, CHANNELS, Activation.SWISH, false), new ChannelsLastPreProcessor(), "images");
        }

        private ConvolutionBlock block(int in, int out, Activation activation, boolean back) {
            return new ConvolutionBlock(
                    new ConvolutionSettings(
                            in, out, 3, 1, Padding.fixed(1), 1, activation, Optional.of(new BatchNorm(1e-3, 0.9))),
                    1,
                    back,
                    kernels);
        }

        String convolution(String name, Activation activation, String input) {
            int in = input.equals("joined") ? 2 * CHANNELS : CHANNELS;
            builder.addLayer(name, block(in, CHANNELS, activation, true), input);
            return name;
        }

        String sum(String branch, String shortcut) {
            builder.addVertex("sum", new ResidualAdd(0, 1, Activation.RELU, kernels), branch, shortcut);
            return "sum";
        }

        String joined(String first, String second) {
            builder.addVertex("joined", new ChannelConcatenation(kernels), first, second);
            return "joined";
        }

        ComputationGraph network(String last) {
            builder.addLayer("mean", new GlobalAveragePooling(CHANNELS, kernels), last);
            OutputLayer.Builder output = new OutputLayer.Builder(new LossMCXENT())
                    .nIn(CHANNELS)
                    .nOut(CLASSES)
                    .activation(org.nd4j.linalg.activations.Activation.SOFTMAX);
            builder.addLayer("classifier", new Classifier(output, kernels), "mean");
            ComputationGraph network =
                    new ComputationGraph(builder.setOutputs("classifier").build());
            network.init();
            return network;
        }
    }

    private static ComputationGraph network(Surroundings surroundings, String kernels, DataType type) {
        Graph graph = new Graph(kernels, type);
        return graph.network(surroundings.build(graph));
    }

    @ParameterizedTest
    @EnumSource(Surroundings.class)
    void areTheSlopesOfTheLoss(Surroundings surroundings) {
        ComputationGraph exact = network(surroundings, "portable", DataType.DOUBLE);
        assertEquals(surroundings.shares, SharedGradient.isSafe(exact, "sum"));
        INDArray images = Nd4j.rand(DataType.DOUBLE, 2, 3, 6, 5);
        INDArray labels = Nd4j.eye(CLASSES).castTo(DataType.DOUBLE).get(NDArrayIndex.interval(0, 2));
        loss(exact, images, labels);
        INDArray gradient = exact.getFlattenedGradients().dup('c');
        Random random = new Random(5);
        int counted = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            long index = random.nextInt((int) gradient.length());
            double analytic = gradient.getDouble(index) / images.size(0);
            double numeric = slope(exact, images, labels, index);
            if (analytic != 0) { // running statistics are no part of the loss
                assertEquals(numeric, analytic, 1e-5 * Math.max(1e-2, Math.abs(numeric)), "parameter " + index);
                counted++;
            }
        }
        assertTrue(counted > SAMPLES / 2, "the loss must depend on the parameters");
        for (KernelProvider provider : KernelProviders.all()) {
            if (provider.unavailableBecause().isEmpty()) {
                ComputationGraph fast = network(surroundings, provider.name(), DataType.FLOAT);
                fast.setParams(exact.params().castTo(DataType.FLOAT));
                loss(fast, images.castTo(DataType.FLOAT), labels.castTo(DataType.FLOAT));
                double largest = gradient.amaxNumber().doubleValue();
                double worst = fast.getFlattenedGradients()
                        .castTo(DataType.DOUBLE)
                        .sub(gradient)
                        .amaxNumber()
                        .doubleValue();
                assertTrue(worst < 1e-4 * largest, provider.name() + ": " + worst + " of " + largest);
            }
        }
    }

    private static double slope(ComputationGraph network, INDArray images, INDArray labels, long index) {
        INDArray parameters = network.params();
        double value = parameters.getDouble(index);
        parameters.putScalar(index, value + STEP);
        double above = loss(network, images, labels);
        parameters.putScalar(index, value - STEP);
        double below = loss(network, images, labels);
        parameters.putScalar(index, value);
        return (above - below) / (2 * STEP);
    }

    private static double loss(ComputationGraph network, INDArray images, INDArray labels) {
        network.setInputs(images);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.score();
    }
}
