package org.efficientnet4j.train;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;

/** Gives a network the optimiser of a run, and takes it away again. */
final class TrainableGraph {
    private TrainableGraph() {}

    /** The same network, sharing its weights, with the optimiser the options ask for. */
    static ComputationGraph of(ComputationGraph network, OptimizerOptions options, ISchedule schedule) {
        return of(network, options, layer -> schedule);
    }

    /** The same network, sharing its weights, every layer with its own learning rate. */
    static ComputationGraph of(
            ComputationGraph network, OptimizerOptions options, Function<String, ISchedule> schedules) {
        ComputationGraphConfiguration configuration = with(
                network.getConfiguration(),
                layer -> options.name().updater(schedules.apply(layer), options.momentum()),
                options.name().regularization(options.weightDecay()));
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(network.params(), false);
        return graph;
    }

    /** A configuration that names no optimiser of ours: DL4J's plain default, and no weight decay. */
    static ComputationGraphConfiguration withoutOptimizer(ComputationGraphConfiguration configuration) {
        return with(configuration, layer -> new Sgd(), List.of());
    }

    private static ComputationGraphConfiguration with(
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

    // DL4J's layers answer for themselves which of their parameters are kernels; biases, gains and batch-norm
    // parameters are given no decay here.
    private static void set(Layer layer, IUpdater updater, List<Regularization> onKernels) {
        if (layer instanceof BaseLayer base) {
            base.setIUpdater(updater.clone());
            base.setBiasUpdater(null);
            base.setRegularization(onKernels);
            base.setRegularizationBias(List.of());
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setUpdater(updater.clone());
            sameDiff.setBiasUpdater(null);
            sameDiff.setRegularization(onKernels);
            sameDiff.setRegularizationBias(List.of());
        }
    }
}
