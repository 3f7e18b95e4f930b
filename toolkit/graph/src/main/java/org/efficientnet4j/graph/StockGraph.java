package org.efficientnet4j.graph;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;

/**
 * The same networks of DL4J's own classes alone: a model saved from here loads in any DL4J 1.0.0-M2.1 program without this
 * toolkit on its class path.
 *
 * <p>It computes what {@link NetworkGraph} computes, several times slower; stochastic depth is left out, DL4J having no class
 * for it, so train with the own layers and {@linkplain #copyOf copy}. An operation that DL4J has no class for at all is
 * refused.
 *
 * <p>No input types are set: squeeze-excite's {@code ElementWiseVertex(Product)} broadcasts when it runs, but refuses to
 * infer its output type.
 */
public final class StockGraph {
    private StockGraph() {}

    /**
     * A configuration to be initialised or saved; kernels and drop-connect rate are not used.
     *
     * @throws org.efficientnet4j.core.InvalidInputException for an operation that DL4J does not have
     */
    public static ComputationGraphConfiguration configuration(NetworkPlan plan, GraphOptions options) {
        ComputationGraphConfiguration configuration = new StockLayers(plan, options).assemble();
        configuration.getVertices().values().forEach(StockGraph::nameParameters);
        return configuration;
    }

    // DL4J's JSON reader takes a batch norm whose parameters are not named yet, as they are from init() on, for one
    // that keeps logarithms of deviations in place of variances.
    private static void nameParameters(GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer && layer.getLayerConf().getLayer() instanceof BatchNormalization norm) {
            norm.initializer().paramKeys(norm).forEach(layer.getLayerConf()::addVariable);
        }
    }

    /**
     * A stock network with the parameters of one built by {@link NetworkGraph}.
     *
     * @param model the model that {@code network} was built from
     * @param options the options that {@code network} was built with
     * @throws org.efficientnet4j.core.InvalidInputException for an operation that DL4J does not have
     */
    public static ComputationGraph copyOf(ComputationGraph network, ModelDefinition model, GraphOptions options) {
        ComputationGraph stock = new ComputationGraph(configuration(model.plan(), options));
        stock.init();
        NetworkPlan plan = model.plan(PlanSettings.classes(options.classes()));
        StockParameters copy = new StockParameters(network, stock);
        plan.nodes().forEach(node -> node.read(copy));
        return stock;
    }
}
