package org.efficientnet4j.graph;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Replaces the optimiser that a network's configuration names, layer by layer; the weights are not touched. */
public final class ConfiguredOptimizer {
    private ConfiguredOptimizer() {}

    /** A configuration that names no optimiser of ours: DL4J's plain default, and no weight decay. */
    public static ComputationGraphConfiguration without(ComputationGraphConfiguration configuration) {
        return replaced(configuration, layer -> new Sgd(), List.of());
    }

    /**
     * A copy of a configuration with other optimisers.
     *
     * @param updaters a layer's, by its vertex's name
     * @param onKernels the regularisation of convolutions' and dense layers' weights; every other parameter gets none
     */
    public static ComputationGraphConfiguration replaced(
            ComputationGraphConfiguration original,
            Function<String, IUpdater> updaters,
            List<Regularization> onKernels) {
        ComputationGraphConfiguration configuration = original.clone();
        configuration.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                set(layer.getLayerConf().getLayer(), updaters.apply(name), onKernels);
            }
        });
        return configuration;
    }

    /** Sets the regularisation of convolutions' and dense layers' weights, in place; every other parameter has none. */
    static void regularize(ComputationGraphConfiguration configuration, Regularization onKernels) {
        configuration.getVertices().values().forEach(vertex -> {
            if (vertex instanceof LayerVertex layer) {
                regularize(layer.getLayerConf().getLayer(), List.of(onKernels));
            }
        });
    }

    private static void set(Layer layer, IUpdater updater, List<Regularization> onKernels) {
        if (layer instanceof BaseLayer base) {
            base.setIUpdater(updater.clone());
            base.setBiasUpdater(null);
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setUpdater(updater.clone());
            sameDiff.setBiasUpdater(null);
        }
        regularize(layer, onKernels);
    }

    // DL4J's layers answer for themselves which of their parameters are kernels; biases, gains and batch-norm
    // parameters are given no decay here.
    private static void regularize(Layer layer, List<Regularization> onKernels) {
        if (layer instanceof BaseLayer base) {
            base.setRegularization(onKernels);
            base.setRegularizationBias(List.of());
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setRegularization(onKernels);
            sameDiff.setRegularizationBias(List.of());
        }
    }
}
