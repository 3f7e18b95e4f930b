package org.efficientnet4j.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Walks an architecture and has each layer added; subclasses know the layers of one implementation. Every method that adds
 * takes the vertex before and returns the vertex it added.
 */
abstract class GraphAssembler {
    /** The graph's input, {@code [N, C, H, W]}. */
    static final String INPUT = "images";

    /** The classifier's vertex, the graph's output {@code [N, classes]} of probabilities. */
    static final String CLASSIFIER = "classifier";

    /** The pooled features' vertex, {@code [N, C]}. */
    static final String POOLING = "head.pool";

    protected final GraphOptions options;
    protected final ComputationGraphConfiguration.GraphBuilder graph;
    private final ScaledArchitecture architecture;

    GraphAssembler(ScaledArchitecture architecture, GraphOptions options) {
        this.architecture = architecture;
        this.options = options;
        NeuralNetConfiguration.Builder network = new NeuralNetConfiguration.Builder()
                .seed(options.seed())
                .dataType(options.dataType())
                .updater(options.updater());
        if (options.weightDecay() > 0) {
            network.weightDecay(options.weightDecay());
        }
        if (options.classes() == 0) {
            // With workspaces, DL4J fails on outputs that other vertices go on from.
            network.inferenceWorkspaceMode(WorkspaceMode.NONE);
        }
        this.graph = network.graphBuilder().addInputs(INPUT);
    }

    abstract String addConvolution(ConvolutionPlan plan, double firstGamma, String before);

    abstract String addSqueezeExcite(SqueezeExcitePlan plan, String before);

    abstract String addResidual(BlockPlan block, double dropRate, String branch, String shortcut);

    abstract String addPooling(int channels, String before);

    abstract IDropout dropout(double dropRate);

    abstract OutputLayer classifier(OutputLayer.Builder layer);

    final ComputationGraphConfiguration assemble() {
        String last = addConvolution(architecture.stem(), 1, INPUT);
        for (BlockPlan block : architecture.blocks()) {
            last = addBlock(block, last);
        }
        if (options.classes() == 0) {
            graph.setOutputs(architecture.featureMaps().values().stream()
                    .map(this::outputVertex)
                    .toArray(String[]::new));
        } else {
            last = addConvolution(architecture.head(), 1, last);
            last = addPooling(architecture.head().outChannels(), last);
            addClassifier(last);
            graph.setOutputs(CLASSIFIER);
        }
        return graph.build();
    }

    /** The vertex that holds a planned layer's or block's output. */
    String outputVertex(String plannedName) {
        return plannedName;
    }

    private String addBlock(BlockPlan block, String shortcut) {
        String last = shortcut;
        for (LayerPlan layer : block.layers()) {
            last = layer instanceof ConvolutionPlan convolution
                    ? addConvolution(convolution, firstGamma(block, convolution), last)
                    : addSqueezeExcite((SqueezeExcitePlan) layer, last);
        }
        if (!block.hasResidual()) {
            return last;
        }
        return addResidual(block, architecture.dropConnectRate(block, options.dropConnectRate()), last, shortcut);
    }

    private double firstGamma(BlockPlan block, ConvolutionPlan convolution) {
        boolean last = convolution.equals(block.layers().get(block.layers().size() - 1));
        return options.zeroInitResidual() && block.hasResidual() && last ? 0 : 1;
    }

    private void addClassifier(String before) {
        int features = architecture.head().outChannels();
        double limit = options.classifierInit().limit(features, options.classes());
        OutputLayer.Builder classifier = new OutputLayer.Builder(new LossMCXENT())
                .nIn(features)
                .nOut(options.classes())
                .activation(Activation.SOFTMAX)
                .weightInit(new UniformDistribution(-limit, limit))
                .biasInit(0);
        if (options.dropout() > 0) {
            classifier.dropOut(dropout(options.dropout()));
        }
        graph.addLayer(CLASSIFIER, classifier(classifier), before);
    }
}
