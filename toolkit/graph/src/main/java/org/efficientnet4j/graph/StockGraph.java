package org.efficientnet4j.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The same networks of DL4J's own classes alone: a model saved from here loads in any DL4J 1.0.0-M2.1 program without this
 * toolkit on its class path.
 *
 * <p>It computes what {@link EfficientNetGraph} computes, several times slower; stochastic depth is left out, DL4J having
 * no class for it, so train with the own layers and {@linkplain #copyOf copy}.
 *
 * <p>No input types are set: squeeze-excite's {@code ElementWiseVertex(Product)} broadcasts when it runs, but refuses to
 * infer its output type.
 */
public final class StockGraph {
    private static final String CONVOLUTION = ".conv";
    private static final String NORM = ".norm";
    private static final String SWISH = ".swish";
    private static final String REDUCE = ".reduce";
    private static final String EXPAND = ".expand";

    private StockGraph() {}

    /** A configuration to be initialised or saved; kernels and drop-connect rate are not used. */
    public static ComputationGraphConfiguration configuration(ScaledArchitecture architecture, GraphOptions options) {
        ComputationGraphConfiguration configuration = new Assembler(architecture, options).assemble();
        configuration.getVertices().values().forEach(StockGraph::nameParameters);
        return configuration;
    }

    // DL4J's JSON reader takes a batch norm whose parameters are not named yet, as they are from init() on, for one
    // that
    // keeps logarithms of deviations in place of variances.
    private static void nameParameters(GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer && layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
            norm.initializer().paramKeys(norm).forEach(layer.getLayerConf()::addVariable);
        }
    }

    /**
     * A stock network with the parameters of one built by {@link EfficientNetGraph}.
     *
     * @param model what {@code network} was built from
     * @param options what {@code network} was built with
     */
    public static ComputationGraph copyOf(ComputationGraph network, ModelDefinition model, GraphOptions options) {
        ComputationGraph stock = new ComputationGraph(configuration(model.architecture(), options));
        stock.init();
        for (LayerPlan layer : model.architecture().layers()) {
            boolean headless =
                    options.classes() == 0 && layer.equals(model.architecture().head());
            if (!headless) {
                copyLayer(layer, network, stock);
            }
        }
        if (options.classes() > 0) {
            for (String key : new String[] {"_W", "_b"}) {
                String name = GraphAssembler.CLASSIFIER + key;
                stock.setParam(name, network.getParam(name));
            }
        }
        return stock;
    }

    private static void copyLayer(LayerPlan layer, ComputationGraph from, ComputationGraph to) {
        String name = layer.name();
        if (layer instanceof ConvolutionPlan convolution) {
            INDArray weights = from.getParam(name + "_W");
            to.setParam(name + CONVOLUTION + "_W", convolution.depthwise() ? weights.permute(2, 3, 0, 1) : weights);
            for (String key : new String[] {"_gamma", "_beta", "_mean", "_var"}) {
                INDArray source = from.getParam(name + key);
                INDArray target = to.getParam(name + NORM + key);
                to.setParam(name + NORM + key, source.reshape(target.shape()));
            }
        } else {
            copySqueezed(from, name, "1", to, name + REDUCE);
            copySqueezed(from, name, "2", to, name + EXPAND);
        }
    }

    private static void copySqueezed(
            ComputationGraph from, String name, String number, ComputationGraph to, String target) {
        INDArray weights = from.getParam(name + "_W" + number);
        to.setParam(target + "_W", weights.reshape(weights.size(0), weights.size(1), 1, 1));
        INDArray bias = to.getParam(target + "_b");
        to.setParam(target + "_b", from.getParam(name + "_b" + number).reshape(bias.shape()));
    }

    private static final class Assembler extends GraphAssembler {
        private final ScaledArchitecture architecture;

        Assembler(ScaledArchitecture architecture, GraphOptions options) {
            super(architecture, options);
            this.architecture = architecture;
        }

        @Override
        String addConvolution(ConvolutionPlan plan, double firstGamma, String before) {
            String name = plan.name();
            graph.addLayer(name + CONVOLUTION, convolution(plan), before);
            graph.addLayer(
                    name + NORM,
                    new BatchNormalization.Builder()
                            .nIn(plan.outChannels())
                            .nOut(plan.outChannels())
                            .gamma(firstGamma)
                            .eps(options.batchNormEpsilon())
                            .decay(options.batchNormDecay())
                            .useLogStd(false)
                            .build(),
                    name + CONVOLUTION);
            if (!plan.swish()) {
                return name + NORM;
            }
            graph.addLayer(name + SWISH, new ActivationLayer(Activation.SWISH), name + NORM);
            return name + SWISH;
        }

        @Override
        String addSqueezeExcite(SqueezeExcitePlan plan, String before) {
            String name = plan.name();
            graph.addLayer(
                    name + ".squeeze",
                    new GlobalPoolingLayer.Builder(PoolingType.AVG)
                            .collapseDimensions(false)
                            .build(),
                    before);
            graph.addLayer(
                    name + REDUCE,
                    pointwise(plan.channels(), plan.reducedChannels(), Activation.SWISH),
                    name + ".squeeze");
            graph.addLayer(
                    name + EXPAND,
                    pointwise(plan.reducedChannels(), plan.channels(), Activation.SIGMOID),
                    name + REDUCE);
            graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), before, name + EXPAND);
            return name;
        }

        @Override
        String addResidual(BlockPlan block, double dropRate, String branch, String shortcut) {
            graph.addVertex(block.residualName(), new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, shortcut);
            return block.residualName();
        }

        @Override
        String addPooling(int channels, String before) {
            graph.addLayer(POOLING, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), before);
            return POOLING;
        }

        @Override
        IDropout dropout(double dropRate) {
            double retainRate = 1 - dropRate;
            return new Dropout(retainRate);
        }

        @Override
        OutputLayer classifier(OutputLayer.Builder layer) {
            return layer.build();
        }

        @Override
        String outputVertex(String plannedName) {
            return architecture.layers().stream()
                    .filter(layer -> layer.name().equals(plannedName))
                    .map(ConvolutionPlan.class::cast)
                    .map(plan -> plannedName + (plan.swish() ? SWISH : NORM))
                    .findFirst()
                    .orElse(plannedName);
        }

        private org.deeplearning4j.nn.conf.layers.Layer convolution(ConvolutionPlan plan) {
            boolean same = options.padding().equals(Padding.SAME);
            ConvolutionMode mode = same ? ConvolutionMode.Same : ConvolutionMode.Truncate;
            int pad = same ? 0 : plan.kernel() / 2;
            ConvolutionLayer.BaseConvBuilder<?> builder = plan.depthwise()
                    ? new DepthwiseConvolution2D.Builder(plan.kernel(), plan.kernel()).depthMultiplier(1)
                    : new ConvolutionLayer.Builder(plan.kernel(), plan.kernel());
            return builder.stride(plan.stride(), plan.stride())
                    .padding(pad, pad)
                    .convolutionMode(mode)
                    .nIn(plan.inChannels())
                    .nOut(plan.outChannels())
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .build();
        }

        private static ConvolutionLayer pointwise(int in, int out, Activation activation) {
            return new ConvolutionLayer.Builder(1, 1)
                    .nIn(in)
                    .nOut(out)
                    .activation(activation)
                    .build();
        }
    }
}
