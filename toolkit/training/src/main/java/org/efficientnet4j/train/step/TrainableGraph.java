package org.efficientnet4j.train.step;

import java.util.Arrays;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.ConfiguredOptimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/** Gives a network the optimiser of a run. */
public final class TrainableGraph {
    private TrainableGraph() {}

    /** The same network, sharing its weights, with the optimiser the options ask for. */
    public static ComputationGraph of(ComputationGraph network, TrainingOptions options, ISchedule schedule) {
        return of(network, options, layer -> schedule);
    }

    /**
     * A checkpoint's network, with its optimiser's state, under the schedule of the options: another one than it was saved
     * with, where the run was given more epochs.
     */
    static ComputationGraph resumed(ComputationGraph saved, TrainingOptions options, ISchedule schedule) {
        IUpdater wanted = updater(options, schedule);
        boolean same = Arrays.stream(saved.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(BaseLayer.class::isInstance)
                .allMatch(layer -> ((BaseLayer) layer).getIUpdater().equals(wanted));
        if (same) {
            return saved;
        }
        ComputationGraphConfiguration stored = saved.getConfiguration();
        ComputationGraph graph = of(saved, options, schedule);
        graph.getConfiguration().setIterationCount(stored.getIterationCount());
        graph.getConfiguration().setEpochCount(stored.getEpochCount());
        graph.getUpdater().setStateViewArray(saved.getUpdater().getStateViewArray());
        return graph;
    }

    private static IUpdater updater(TrainingOptions options, ISchedule schedule) {
        return options.get(OptimizerOptions.ALGORITHM).updater(schedule, options.get(OptimizerOptions.MOMENTUM));
    }

    /** The same network, sharing its weights, every layer with its own learning rate. */
    static ComputationGraph of(
            ComputationGraph network, TrainingOptions options, Function<String, ISchedule> schedules) {
        ComputationGraphConfiguration configuration = ConfiguredOptimizer.replaced(
                network.getConfiguration(),
                layer -> updater(options, schedules.apply(layer)),
                options.get(OptimizerOptions.ALGORITHM).regularization(options.get(OptimizerOptions.WEIGHT_DECAY)));
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(network.params(), false);
        return graph;
    }
}
