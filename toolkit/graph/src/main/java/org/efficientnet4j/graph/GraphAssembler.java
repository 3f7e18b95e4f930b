package org.efficientnet4j.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Section.Kind;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Walks a plan and has each operation added; subclasses know the layers of one implementation. Every method that reads an
 * operation adds its vertices and returns the name of the one that holds its output.
 */
abstract class GraphAssembler implements Operation.Reader<String> {
    /** ND4J takes a seed of 0 for none, and draws one from the clock. */
    private static final long IN_PLACE_OF_ZERO = 0x9E3779B97F4A7C15L;

    protected final NetworkPlan plan;
    protected final GraphOptions options;
    protected final ComputationGraphConfiguration.GraphBuilder graph;
    private final Map<String, String> outputs = new HashMap<>();
    private final Map<String, Section> sections = new HashMap<>();
    private final Map<String, Integer> channels;
    private final Map<String, Double> dropRates = new HashMap<>();

    /** @param network the plan, to be fitted to the options' classes and padding */
    GraphAssembler(NetworkPlan network, GraphOptions options) {
        this.plan = network.with(
                new PlanSettings(network.inputChannels(), options.classes(), Optional.of(options.padding())));
        this.options = options;
        NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder()
                .seed(options.seed() == 0 ? IN_PLACE_OF_ZERO : options.seed())
                .dataType(options.dataType())
                .updater(options.updater());
        if (options.classes() == 0) {
            // With workspaces, DL4J fails on outputs that other vertices go on from.
            settings.inferenceWorkspaceMode(WorkspaceMode.NONE);
        }
        this.graph = settings.graphBuilder().addInputs(NetworkPlan.INPUT);
        outputs.put(NetworkPlan.INPUT, NetworkPlan.INPUT);
        plan.places().forEach(place -> sections.put(place.node().name(), place.section()));
        channels = plan.channels();
    }

    final ComputationGraphConfiguration assemble() {
        for (Node node : plan.nodes()) {
            outputs.put(node.name(), node.read(this));
        }
        if (options.classes() == 0) {
            graph.setOutputs(
                    plan.featureMaps().values().stream().map(outputs::get).toArray(String[]::new));
        } else {
            graph.setOutputs(outputNames());
        }
        ComputationGraphConfiguration configuration = graph.build();
        if (options.weightDecay() > 0) {
            // DL4J's builder would add it twice.
            ConfiguredOptimizer.regularize(configuration, new WeightDecay(options.weightDecay(), true));
        }
        return configuration;
    }

    /** The logits' vertices: the classifier's, then those for training alone. */
    private String[] outputNames() {
        return plan.sections().stream()
                .filter(section -> section.kind() == Kind.CLASSIFIER || section.kind() == Kind.AUXILIARY)
                .map(section -> outputs.get(section.last().name()))
                .toArray(String[]::new);
    }

    /** The vertices that a node reads, in order. */
    final String[] inputs(Node node) {
        return node.inputs().stream().map(outputs::get).toArray(String[]::new);
    }

    /** The vertex that a node reads. */
    final String input(Node node) {
        return outputs.get(node.input());
    }

    /** First value of a convolution's batch-norm scale: 0 at the end of a residual branch, where the options say so. */
    final double firstGamma(Node node) {
        List<Node> readers = plan.readers(node.name());
        boolean endsBranch = readers.size() == 1
                && readers.get(0).operation() instanceof Operation.Add
                && readers.get(0).input().equals(node.name());
        return options.zeroInitResidual() && endsBranch ? 0 : 1;
    }

    /** Drop rate of a residual branch. */
    final double dropRate(Operation.Add operation) {
        return operation.dropShare() * options.dropConnectRate();
    }

    /** Dropout is a matter of the layer that reads it; see {@link #dropout(Node)}. */
    @Override
    public final String dropout(Node node, Operation.Dropout operation) {
        boolean training = section(node).kind() == Kind.AUXILIARY;
        dropRates.put(node.name(), training ? operation.rate() : options.dropout());
        return input(node);
    }

    /** The dropout in front of a dense layer, where there is one. */
    final Optional<IDropout> dropout(Node dense) {
        double rate = dropRates.getOrDefault(dense.input(), 0.0);
        return rate > 0 ? Optional.of(dropout(dense, rate)) : Optional.empty();
    }

    private Section section(Node node) {
        return sections.get(node.name());
    }

    /** The channels (or features) of a node's output. */
    final int channels(Node node) {
        return channels.get(node.name());
    }

    @Override
    public final String dense(Node node, Operation.Dense operation) {
        Section section = section(node);
        boolean logits =
                section.last().equals(node) && (section.kind() == Kind.CLASSIFIER || section.kind() == Kind.AUXILIARY);
        return logits ? addClassifier(node, operation) : addDense(node, operation);
    }

    private String addClassifier(Node node, Operation.Dense operation) {
        double limit = options.classifierInit().limit(operation.inFeatures(), operation.outFeatures());
        OutputLayer.Builder classifier = new OutputLayer.Builder(new LossMCXENT())
                .nIn(operation.inFeatures())
                .nOut(operation.outFeatures())
                .activation(Activation.SOFTMAX)
                .weightInit(new UniformDistribution(-limit, limit))
                .biasInit(0);
        dropout(node).ifPresent(classifier::dropOut);
        graph.addLayer(node.name(), classifier(classifier), input(node));
        return node.name();
    }

    /** Adds a dense layer that is not the network's output. */
    abstract String addDense(Node node, Operation.Dense operation);

    /** A dropout in front of a dense layer. */
    abstract IDropout dropout(Node dense, double dropRate);

    /** The output layer that the builder describes. */
    abstract OutputLayer classifier(OutputLayer.Builder layer);
}
