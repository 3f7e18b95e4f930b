package org.efficientnet4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.efficientnet4j.graph.layers.ChannelsLastPreProcessor;
import org.efficientnet4j.graph.layers.Classifier;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.graph.layers.GlobalAveragePooling;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.graph.layers.SeededDropout;
import org.efficientnet4j.graph.layers.SqueezeExcite;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;

/** Assembler of the toolkit's own layers. */
final class OwnLayers extends GraphAssembler {
    OwnLayers(NetworkPlan plan, GraphOptions options) {
        super(plan, options);
    }

    @Override
    public String convolution(Node node, Operation.Convolution operation) {
        BatchNorm batchNorm = new BatchNorm(options.batchNormEpsilon(), options.batchNormDecay());
        ConvolutionSettings settings = new ConvolutionSettings(
                operation.inChannels(),
                operation.outChannels(),
                operation.kernel(),
                operation.stride(),
                operation.padding(),
                operation.groups(),
                operation.activation(),
                operation.batchNorm() ? Optional.of(batchNorm) : Optional.empty());
        boolean first = node.input().equals(NetworkPlan.INPUT);
        ConvolutionBlock layer =
                new ConvolutionBlock(settings, firstGamma(node), !first || options.inputGradient(), options.kernels());
        return add(node, operation.bias() && operation.batchNorm() ? layer.withBias() : layer);
    }

    @Override
    public String squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        SqueezeExciteSettings settings = new SqueezeExciteSettings(
                operation.channels(), operation.reducedChannels(), operation.activation(), operation.gate());
        return add(node, new SqueezeExcite(settings, options.kernels()));
    }

    @Override
    public String globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return add(node, new GlobalAveragePooling(channels(node), options.kernels()));
    }

    @Override
    public String add(Node node, Operation.Add operation) {
        graph.addVertex(
                node.name(), new ResidualAdd(dropRate(operation), options.seed(), options.kernels()), inputs(node));
        return node.name();
    }

    @Override
    public String pooling(Node node, Operation.Pooling operation) {
        throw new IllegalStateException("TODO");
    }

    @Override
    public String adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        throw new IllegalStateException("TODO");
    }

    @Override
    public String concatenation(Node node, Operation.Concatenation operation) {
        throw new IllegalStateException("TODO");
    }

    @Override
    public String flatten(Node node, Operation.Flatten operation) {
        throw new IllegalStateException("TODO");
    }

    @Override
    public String localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        throw new IllegalStateException("TODO");
    }

    @Override
    String addDense(Node node, Operation.Dense operation) {
        throw new IllegalStateException("TODO");
    }

    private String add(Node node, Layer layer) {
        if (node.input().equals(NetworkPlan.INPUT)) {
            graph.addLayer(node.name(), layer, new ChannelsLastPreProcessor(), input(node));
        } else {
            graph.addLayer(node.name(), layer, input(node));
        }
        return node.name();
    }

    @Override
    IDropout dropout(Node dense, double dropRate) {
        return new SeededDropout(dropRate, options.seed());
    }

    @Override
    OutputLayer classifier(OutputLayer.Builder layer) {
        return new Classifier(layer, options.kernels());
    }
}
