package org.efficientnet4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
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
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;

/**
 * EfficientNets as DL4J graphs of the toolkit's own layers. Input: images {@code [N, C, H, W]}, any memory order and any
 * size from the network's stride up; output: class probabilities {@code [N, classes]}. Vertices are named as the layers of
 * {@link ScaledArchitecture}.
 */
public final class EfficientNetGraph {
    /** The vertex of the pooled features {@code [N, C]}, which the classifier reads. */
    public static final String POOLED = GraphAssembler.POOLING;

    private EfficientNetGraph() {}

    /** A configuration to be initialised, saved or handed to Arbiter. */
    public static ComputationGraphConfiguration configuration(ScaledArchitecture architecture, GraphOptions options) {
        return new Assembler(architecture, options).assemble();
    }

    /** A model's graph with freshly drawn parameters. */
    public static ComputationGraph create(ModelDefinition model, GraphOptions options) {
        ComputationGraph network = new ComputationGraph(configuration(model.architecture(), options));
        network.init();
        return network;
    }

    private static final class Assembler extends GraphAssembler {
        Assembler(ScaledArchitecture architecture, GraphOptions options) {
            super(architecture, options);
        }

        @Override
        String addConvolution(ConvolutionPlan plan, double firstGamma, String before) {
            ConvolutionSettings settings = new ConvolutionSettings(
                    plan.inChannels(),
                    plan.outChannels(),
                    plan.kernel(),
                    plan.stride(),
                    options.padding(),
                    plan.depthwise() ? plan.inChannels() : 1,
                    plan.swish() ? Activation.SWISH : Activation.NONE,
                    Optional.of(new BatchNorm(options.batchNormEpsilon(), options.batchNormDecay())));
            boolean first = before.equals(INPUT);
            ConvolutionBlock layer =
                    new ConvolutionBlock(settings, firstGamma, !first || options.inputGradient(), options.kernels());
            if (first) {
                graph.addLayer(plan.name(), layer, new ChannelsLastPreProcessor(), before);
            } else {
                graph.addLayer(plan.name(), layer, before);
            }
            return plan.name();
        }

        @Override
        String addSqueezeExcite(SqueezeExcitePlan plan, String before) {
            graph.addLayer(
                    plan.name(),
                    new SqueezeExcite(
                            SqueezeExciteSettings.swish(plan.channels(), plan.reducedChannels()), options.kernels()),
                    before);
            return plan.name();
        }

        @Override
        String addResidual(BlockPlan block, double dropRate, String branch, String shortcut) {
            graph.addVertex(
                    block.residualName(),
                    new ResidualAdd(dropRate, options.seed(), options.kernels()),
                    branch,
                    shortcut);
            return block.residualName();
        }

        @Override
        String addPooling(int channels, String before) {
            graph.addLayer(POOLING, new GlobalAveragePooling(channels, options.kernels()), before);
            return POOLING;
        }

        @Override
        IDropout dropout(double dropRate) {
            return new SeededDropout(dropRate, options.seed());
        }

        @Override
        OutputLayer classifier(OutputLayer.Builder layer) {
            return new Classifier(layer, options.kernels());
        }
    }
}
