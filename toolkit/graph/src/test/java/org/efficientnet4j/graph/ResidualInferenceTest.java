package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ChannelsLastPreProcessor;
import org.efficientnet4j.graph.layers.Classifier;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.graph.layers.GlobalAveragePooling;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.graph.layers.SpatialPooling;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** ResNets' and MobileNetV2's blocks compiled, against the portable layers in double precision. */
class ResidualInferenceTest {
    private static final int CLASSES = 3;

    private final int threads = KernelThreads.shared().count();
    private GraphBuilder graph;
    private String kernels;

    @AfterEach
    void givesTheThreadsBack() {
        KernelThreads.shared().setCount(threads);
    }

    static List<KernelProvider> providers() {
        return KernelProviders.all();
    }

    private ComputationGraph network(String kernelNames, DataType type) {
        kernels = kernelNames;
        graph = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .graphBuilder()
                .addInputs("images");
        String last = convolution("stem", 3, 8, 7, 2, 1, Activation.RELU, "images");
        graph.addLayer("pool", new SpatialPooling(8, new PoolingSettings.Spatial(true, 3, 2, 1, false), kernels), last);
        last = basic("basic1", 8, 8, 1, "pool");
        last = basic("basic2", 8, 12, 2, last);
        last = bottleneck("bottleneck1", 12, 6, 24, 1, last);
        last = bottleneck("bottleneck2", 24, 6, 24, 1, last);
        last = bottleneck("bottleneck3", 24, 8, 32, 2, last);
        last = inverted("inverted1", 32, 48, 16, last, false);
        last = inverted("inverted2", 16, 40, 16, last, true);
        graph.addLayer("mean", new GlobalAveragePooling(16, kernels), last);
        OutputLayer.Builder output = new OutputLayer.Builder(new LossMCXENT())
                .nIn(16)
                .nOut(CLASSES)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX);
        graph.addLayer("classifier", new Classifier(output, kernels), "mean");
        ComputationGraph network =
                new ComputationGraph(graph.setOutputs("classifier").build());
        network.init();
        return network;
    }

    private String basic(String name, int in, int out, int stride, String before) {
        String last = convolution(name + ".1", in, out, 3, stride, 1, Activation.RELU, before);
        last = convolution(name + ".2", out, out, 3, 1, 1, Activation.NONE, last);
        return add(name, in, out, stride, last, before);
    }

    private String bottleneck(String name, int in, int middle, int out, int stride, String before) {
        String last = convolution(name + ".1", in, middle, 1, 1, 1, Activation.RELU, before);
        last = convolution(name + ".2", middle, middle, 3, stride, 1, Activation.RELU, last);
        last = convolution(name + ".3", middle, out, 1, 1, 1, Activation.NONE, last);
        return add(name, in, out, stride, last, before);
    }

    private String add(String name, int in, int out, int stride, String branch, String before) {
        String shortcut = in == out && stride == 1
                ? before
                : convolution(name + ".shortcut", in, out, 1, stride, 1, Activation.NONE, before);
        graph.addVertex(name + ".add", new ResidualAdd(0, 1, Activation.RELU, kernels), branch, shortcut);
        return name + ".add";
    }

    private String inverted(String name, int in, int middle, int out, String before, boolean residual) {
        String last = convolution(name + ".1", in, middle, 1, 1, 1, Activation.RELU6, before);
        last = convolution(name + ".2", middle, middle, 3, 1, middle, Activation.RELU6, last);
        last = convolution(name + ".3", middle, out, 1, 1, 1, Activation.NONE, last);
        if (!residual) {
            return last;
        }
        graph.addVertex(name + ".add", new ResidualAdd(0, 1, kernels), last, before);
        return name + ".add";
    }

    private String convolution(
            String name, int in, int out, int kernel, int stride, int groups, Activation activation, String before) {
        ConvolutionBlock block = new ConvolutionBlock(
                new ConvolutionSettings(
                        in,
                        out,
                        kernel,
                        stride,
                        Padding.SYMMETRIC,
                        groups,
                        activation,
                        Optional.of(new BatchNorm(1e-5, 0.9))),
                1,
                true,
                kernels);
        if (before.equals("images")) {
            graph.addLayer(name, block, new ChannelsLastPreProcessor(), before);
        } else {
            graph.addLayer(name, block, before);
        }
        return name;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void givesWhatTheLayersGive(KernelProvider provider) {
        provider.unavailableBecause().ifPresent(reason -> assumeTrue(false, provider.name() + ": " + reason));
        ComputationGraph exact = network("portable", DataType.DOUBLE);
        TestNetworks.unsettle(exact);
        ComputationGraph fast = network(provider.name(), DataType.FLOAT);
        fast.setParams(exact.params().castTo(DataType.FLOAT));
        exact.setParams(fast.params().castTo(DataType.DOUBLE));
        for (int count : new int[] {1, 2, 3}) {
            KernelThreads.shared().setCount(count);
            try (NetworkInference inference = NetworkInference.of(fast)) {
                assertTrue(inference.isCompiled() || !provider.name().equals("onednn-vector"));
                for (int[] shape : new int[][] {{1, 64, 64}, {5, 50, 71}, {1, 33, 40}, {2, 160, 96}}) {
                    INDArray images = TestNetworks.batch(DataType.DOUBLE, shape[0], shape[1], shape[2])
                            .getFeatures();
                    INDArray expected = exact.outputSingle(images);
                    INDArray found = inference.output(images.castTo(DataType.FLOAT));
                    double error = expected.sub(found.castTo(DataType.DOUBLE))
                            .amaxNumber()
                            .doubleValue();
                    assertEquals(0, error, 1e-5, provider.name() + " with " + count + " threads");
                }
            }
        }
    }
}
