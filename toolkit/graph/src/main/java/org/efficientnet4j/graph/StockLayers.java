package org.efficientnet4j.graph;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Padding;

/** Assembler of DL4J's own layers: a convolution is up to three of them, a squeeze-excite five vertices. */
final class StockLayers extends GraphAssembler {
    static final String CONVOLUTION = ".conv";
    static final String NORM = ".norm";
    static final String REDUCE = ".reduce";
    static final String EXPAND = ".expand";

    StockLayers(NetworkPlan plan, GraphOptions options) {
        super(plan, options);
    }

    @Override
    public String convolution(Node node, Operation.Convolution operation) {
        String last = node.name() + CONVOLUTION;
        graph.addLayer(last, layer(node, operation), input(node));
        if (operation.batchNorm()) {
            BatchNormalization norm = new BatchNormalization.Builder()
                    .nIn(operation.outChannels())
                    .nOut(operation.outChannels())
                    .gamma(firstGamma(node))
                    .eps(options.batchNormEpsilon())
                    .decay(options.batchNormDecay())
                    .useLogStd(false)
                    .build();
            graph.addLayer(node.name() + NORM, norm, last);
            last = node.name() + NORM;
        }
        return activated(node, last, operation.activation());
    }

    private static Layer layer(Node node, Operation.Convolution operation) {
        boolean same = operation.padding().equals(Padding.SAME);
        int pad = same ? 0 : operation.padding().before(operation.kernel(), operation.kernel(), operation.stride());
        if (operation.groups() > 1 && !operation.depthwise()) {
            throw missing(node, "a convolution of " + operation.groups() + " groups");
        }
        ConvolutionLayer.BaseConvBuilder<?> builder = operation.depthwise()
                ? new DepthwiseConvolution2D.Builder(operation.kernel(), operation.kernel()).depthMultiplier(1)
                : new ConvolutionLayer.Builder(operation.kernel(), operation.kernel());
        return builder.stride(operation.stride(), operation.stride())
                .padding(pad, pad)
                .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                .nIn(operation.inChannels())
                .nOut(operation.outChannels())
                .hasBias(operation.bias())
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
    }

    private String activated(Node node, String last, Activation activation) {
        if (activation == Activation.NONE) {
            return last;
        }
        String name = node.name() + "." + stock(node, activation).name().toLowerCase(Locale.ROOT);
        graph.addLayer(name, new ActivationLayer(stock(node, activation)), last);
        return name;
    }

    private static org.nd4j.linalg.activations.Activation stock(Node node, Activation activation) {
        return switch (activation) {
            case NONE -> org.nd4j.linalg.activations.Activation.IDENTITY;
            case SWISH -> org.nd4j.linalg.activations.Activation.SWISH;
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case RELU6 -> org.nd4j.linalg.activations.Activation.RELU6;
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
            case HARD_SWISH, HARD_SIGMOID -> throw missing(node, "this " + activation);
        };
    }

    private static InvalidInputException missing(Node node, String what) {
        return new InvalidInputException("A network of DL4J's classes alone must do without what DL4J lacks, found "
                + what + " in " + node.name() + ": use the toolkit's own layers");
    }

    @Override
    public String squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        String name = node.name();
        String before = input(node);
        graph.addLayer(
                name + ".squeeze",
                new GlobalPoolingLayer.Builder(PoolingType.AVG)
                        .collapseDimensions(false)
                        .build(),
                before);
        graph.addLayer(
                name + REDUCE,
                pointwise(operation.channels(), operation.reducedChannels(), stock(node, operation.activation())),
                name + ".squeeze");
        graph.addLayer(
                name + EXPAND,
                pointwise(operation.reducedChannels(), operation.channels(), stock(node, operation.gate())),
                name + REDUCE);
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), before, name + EXPAND);
        return name;
    }

    private static ConvolutionLayer pointwise(int in, int out, org.nd4j.linalg.activations.Activation activation) {
        return new ConvolutionLayer.Builder(1, 1)
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .build();
    }

    @Override
    public String add(Node node, Operation.Add operation) {
        graph.addVertex(node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs(node));
        return activated(node, node.name(), operation.activation());
    }

    @Override
    public String concatenation(Node node, Operation.Concatenation operation) {
        graph.addVertex(node.name(), new MergeVertex(), inputs(node));
        return node.name();
    }

    @Override
    public String globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        graph.addLayer(node.name(), new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), input(node));
        return node.name();
    }

    @Override
    public String pooling(Node node, Operation.Pooling operation) {
        if (operation.ceil()) {
            throw missing(node, "a pooling whose size is rounded up");
        }
        SubsamplingLayer.PoolingType type = operation.kind() == Operation.Pooling.Kind.MAX
                ? SubsamplingLayer.PoolingType.MAX
                : SubsamplingLayer.PoolingType.AVG;
        SubsamplingLayer layer = new SubsamplingLayer.Builder(type)
                .kernelSize(operation.kernel(), operation.kernel())
                .stride(operation.stride(), operation.stride())
                .padding(operation.padding(), operation.padding())
                .build();
        graph.addLayer(node.name(), layer, input(node));
        return node.name();
    }

    @Override
    public String adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        throw missing(node, "an adaptive pooling");
    }

    @Override
    public String flatten(Node node, Operation.Flatten operation) {
        throw missing(node, "a flattened map of any size");
    }

    @Override
    public String localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        graph.addLayer(
                node.name(),
                new LocalResponseNormalization.Builder()
                        .n(operation.size())
                        .k(operation.k())
                        .alpha(operation.alpha() / operation.size())
                        .beta(operation.beta())
                        .build(),
                input(node));
        return node.name();
    }

    @Override
    String addDense(Node node, Operation.Dense operation) {
        DenseLayer.Builder layer = new DenseLayer.Builder()
                .nIn(operation.inFeatures())
                .nOut(operation.outFeatures())
                .activation(stock(node, operation.activation()));
        dropout(node).ifPresent(layer::dropOut);
        graph.addLayer(node.name(), layer.build(), input(node));
        return node.name();
    }

    @Override
    IDropout dropout(Node dense, double dropRate) {
        double retainRate = 1 - dropRate;
        return new Dropout(retainRate);
    }

    @Override
    OutputLayer classifier(OutputLayer.Builder layer) {
        return layer.build();
    }
}
