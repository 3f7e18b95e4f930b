package org.efficientnet4j.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.DenseBlock;
import org.efficientnet4j.graph.layers.ResidualAdd;
import org.efficientnet4j.graph.layers.SeededDropout;

/**
 * Changes how strongly a network regularises itself, in place: weights, optimiser and everything else stay as they are.
 *
 * <p>Source: arXiv 2104.00298, section 4.2, "adaptive regularization".
 */
public final class AdaptiveRegularization {
    private AdaptiveRegularization() {}

    /**
     * Sets the dropout before the classifier or, in a network with hidden dense layers, wherever it has dropout.
     *
     * @param network with one output layer
     * @param dropRate in [0, 1)
     * @param seed of the masks
     */
    public static void setDropout(ComputationGraph network, double dropRate, long seed) {
        Map<String, Layer> hidden = new LinkedHashMap<>();
        network.getConfiguration().getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof DenseBlock dense
                    && dense.getIDropout() != null) {
                hidden.put(name, dense);
            }
        });
        Layer output = output(network);
        if (hidden.isEmpty() || output.getIDropout() != null) {
            boolean alone = hidden.isEmpty();
            output.setIDropout(alone && dropRate == 0 ? null : new SeededDropout(dropRate, seed));
        }
        hidden.forEach((name, dense) -> dense.setIDropout(new SeededDropout(dropRate, seed, name)));
    }

    private static Layer output(ComputationGraph network) {
        String output = network.getConfiguration().getNetworkOutputs().get(0);
        GraphVertex vertex = network.getConfiguration().getVertices().get(output);
        if (vertex instanceof LayerVertex layer) {
            return layer.getLayerConf().getLayer();
        }
        throw new IllegalArgumentException("The network's output must be a layer, found " + vertex);
    }

    /**
     * Weakens stochastic depth in every block alike.
     *
     * @param network any; one without residual blocks stays as it is
     * @param share of the drop rates it was built with, in [0, 1]
     */
    public static void setStochasticDepth(ComputationGraph network, double share) {
        for (GraphVertex vertex : network.getConfiguration().getVertices().values()) {
            if (vertex instanceof ResidualAdd residual) {
                residual.weakenTo(share);
            }
        }
    }
}
