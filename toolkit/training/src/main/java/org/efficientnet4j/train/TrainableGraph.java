package org.efficientnet4j.train;

import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.ConfiguredOptimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.nd4j.linalg.schedule.ISchedule;

/** Gives a network the optimiser of a run. */
final class TrainableGraph {
    private TrainableGraph() {}

    /** The same network, sharing its weights, with the optimiser the options ask for. */
    static ComputationGraph of(ComputationGraph network, OptimizerOptions options, ISchedule schedule) {
        return of(network, options, layer -> schedule);
    }

    /** The same network, sharing its weights, every layer with its own learning rate. */
    static ComputationGraph of(
            ComputationGraph network, OptimizerOptions options, Function<String, ISchedule> schedules) {
        ComputationGraphConfiguration configuration = ConfiguredOptimizer.replaced(
                network.getConfiguration(),
                layer -> options.name().updater(schedules.apply(layer), options.momentum()),
                options.name().regularization(options.weightDecay()));
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(network.params(), false);
        return graph;
    }
}
