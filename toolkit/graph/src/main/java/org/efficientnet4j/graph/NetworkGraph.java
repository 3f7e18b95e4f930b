package org.efficientnet4j.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;

/**
 * Networks as DL4J graphs of the toolkit's own layers. Input: images {@code [N, C, H, W]}, any memory order and any size
 * from the plan's smallest up; output: class probabilities {@code [N, classes]}. Vertices have the names of the plan's
 * nodes.
 */
public final class NetworkGraph {
    private NetworkGraph() {}

    /** A configuration to be initialised, saved or handed to Arbiter; the plan is fitted to the options' classes. */
    public static ComputationGraphConfiguration configuration(NetworkPlan plan, GraphOptions options) {
        return new OwnLayers(plan, options).assemble();
    }

    /** A model's graph with freshly drawn parameters. */
    public static ComputationGraph create(ModelDefinition model, GraphOptions options) {
        ComputationGraph network = new ComputationGraph(configuration(model.plan(), options));
        network.init();
        return network;
    }
}
