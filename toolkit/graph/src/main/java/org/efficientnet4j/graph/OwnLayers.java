package org.efficientnet4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.efficientnet4j.graph.layers.AdaptiveAveragePooling;
import org.efficientnet4j.graph.layers.ChannelConcatenation;
import org.efficientnet4j.graph.layers.ChannelsLastImages;
import org.efficientnet4j.graph.layers.Classifier;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.graph.layers.DenseBlock;
import org.efficientnet4j.graph.layers.FlattenChannelsFirst;
import org.efficientnet4j.graph.layers.GlobalAveragePooling;
import org.efficientnet4j.graph.layers.LocalResponseNormalizationBlock;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.graph.layers.SeededDropout;
import org.efficientnet4j.graph.layers.SpatialPooling;
import org.efficientnet4j.graph.layers.SqueezeExcite;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Shape;

/** Assembler of the toolkit's own layers. */
final class OwnLayers extends GraphAssembler {
    /** The vertex that turns images round. */
    private static final String CHANNELS_LAST = "channelsLast";

    OwnLayers(NetworkPlan plan, GraphOptions options) {
        super(plan, options);
        graph.addVertex(CHANNELS_LAST, new ChannelsLastImages(), NetworkPlan.INPUT);
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
    public String pooling(Node node, Operation.Pooling operation) {
        PoolingSettings.Spatial settings = new PoolingSettings.Spatial(
                operation.kind() == Operation.Pooling.Kind.MAX,
                operation.kernel(),
                operation.stride(),
                operation.padding(),
                operation.ceil());
        return add(node, new SpatialPooling(channels(node), settings, options.kernels()));
    }

    @Override
    public String adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        PoolingSettings.Adaptive settings = new PoolingSettings.Adaptive(operation.height(), operation.width());
        return add(node, new AdaptiveAveragePooling(channels(node), settings, options.kernels()));
    }

    @Override
    public String add(Node node, Operation.Add operation) {
        graph.addVertex(
                node.name(),
                new ResidualAdd(dropRate(operation), options.seed(), operation.activation(), options.kernels()),
                inputs(node));
        return node.name();
    }

    @Override
    public String concatenation(Node node, Operation.Concatenation operation) {
        graph.addVertex(node.name(), new ChannelConcatenation(options.kernels()), inputs(node));
        return node.name();
    }

    /** A plan flattens maps of a fixed size alone, the same for every image. */
    @Override
    public String flatten(Node node, Operation.Flatten operation) {
        int size = plan.minimumSize();
        Shape map = plan.shapes(size, size).get(node.input());
        return add(node, new FlattenChannelsFirst(map.channels(), map.height(), map.width(), options.kernels()));
    }

    @Override
    public String localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return add(
                node,
                new LocalResponseNormalizationBlock(
                        channels(node),
                        operation.size(),
                        operation.alpha(),
                        operation.beta(),
                        operation.k(),
                        options.kernels()));
    }

    @Override
    String addDense(Node node, Operation.Dense operation) {
        DenseSettings settings =
                new DenseSettings(operation.inFeatures(), operation.outFeatures(), operation.activation());
        return add(node, new DenseBlock(settings, dropout(node).map(SeededDropout.class::cast), options.kernels()));
    }

    private String add(Node node, Layer layer) {
        graph.addLayer(node.name(), layer, node.input().equals(NetworkPlan.INPUT) ? CHANNELS_LAST : input(node));
        return node.name();
    }

    @Override
    IDropout dropout(Node dense, double dropRate) {
        boolean classifier = plan.classifier().filter(dense::equals).isPresent();
        return classifier
                ? new SeededDropout(dropRate, options.seed())
                : new SeededDropout(dropRate, options.seed(), dense.name());
    }

    @Override
    OutputLayer classifier(OutputLayer.Builder layer) {
        return new Classifier(layer, options.kernels());
    }
}
