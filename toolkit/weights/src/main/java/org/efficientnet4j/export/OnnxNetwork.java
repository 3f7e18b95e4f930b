package org.efficientnet4j.export;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Walks an architecture and adds each layer with the parameters of a network built from it. */
final class OnnxNetwork {
    private final OnnxGraph graph;
    private final ComputationGraph network;

    OnnxNetwork(OnnxGraph graph, ComputationGraph network) {
        this.graph = graph;
        this.network = network;
    }

    /** The whole network; returns the logits. */
    String add(ScaledArchitecture architecture) {
        String last = convolution(
                architecture.stem(), graph.images(architecture.stem().inChannels()));
        for (BlockPlan block : architecture.blocks()) {
            last = block(block, last);
        }
        last = convolution(architecture.head(), last);
        String features = graph.flatten("features", graph.globalAverage("head.pool", last));
        INDArray weights = parameter("classifier_W");
        return graph.product("classifier", features, weights, parameter("classifier_b"));
    }

    private String block(BlockPlan block, String input) {
        String last = input;
        for (LayerPlan layer : block.layers()) {
            last = layer instanceof ConvolutionPlan plan
                    ? convolution(plan, last)
                    : squeezeExcite((SqueezeExcitePlan) layer, last);
        }
        return block.hasResidual() ? graph.add(block.residualName(), last, input) : last;
    }

    /** {@code y = (W x - mean) gamma / sqrt(var + epsilon) + beta} as one convolution with a bias. */
    private String convolution(ConvolutionPlan plan, String input) {
        ConvolutionSettings settings = settings(plan);
        INDArray weights = parameter(plan.name() + "_W");
        INDArray mean = parameter(plan.name() + "_mean");
        INDArray variance = parameter(plan.name() + "_var");
        INDArray scale = parameter(plan.name() + "_gamma")
                .div(Transforms.sqrt(
                        variance.add(settings.batchNorm().orElseThrow().epsilon())));
        INDArray folded = weights.mul(scale.reshape(scale.length(), 1, 1, 1).broadcast(weights.shape()));
        INDArray bias = parameter(plan.name() + "_beta").sub(mean.mul(scale));
        String convolved = graph.convolution(
                plan.name(),
                input,
                folded,
                bias,
                new OnnxGraph.Window(
                        plan.kernel(),
                        plan.stride(),
                        settings.padding().equals(Padding.SAME),
                        plan.depthwise() ? plan.outChannels() : 1));
        return plan.swish() ? graph.swish(plan.name(), convolved) : convolved;
    }

    private String squeezeExcite(SqueezeExcitePlan plan, String input) {
        String name = plan.name();
        String squeezed = graph.globalAverage(name + ".squeeze", input);
        String reduced = graph.swish(name + ".reduce", pointwise(name, "1", ".reduce", squeezed));
        String gate = graph.sigmoid(name + ".gate", pointwise(name, "2", ".expand", reduced));
        return graph.multiply(name, input, gate);
    }

    private String pointwise(String layer, String number, String suffix, String input) {
        INDArray weights = parameter(layer + "_W" + number);
        return graph.convolution(
                layer + suffix,
                input,
                weights.reshape('c', weights.size(0), weights.size(1), 1, 1),
                parameter(layer + "_b" + number),
                new OnnxGraph.Window(1, 1, true, 1));
    }

    private ConvolutionSettings settings(ConvolutionPlan plan) {
        if (network.getLayer(plan.name()) != null
                && network.getLayer(plan.name()).conf().getLayer() instanceof ConvolutionBlock block) {
            return block.settings();
        }
        throw another(plan.name());
    }

    private INDArray parameter(String key) {
        INDArray values = network.paramTable().get(key);
        if (values == null) {
            throw another(key);
        }
        return values;
    }

    private static InvalidInputException another(String missing) {
        return new InvalidInputException(
                "The network has no " + missing + ", so it is not the model its file names: it cannot be exported");
    }
}
