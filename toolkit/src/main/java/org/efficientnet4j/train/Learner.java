package org.efficientnet4j.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.AdaptiveRegularization;
import org.efficientnet4j.train.Checkpoints.Checkpoint;
import org.efficientnet4j.train.progressive.Strengths;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network while it is trained, with its optimiser, its learning rate and the moving average of its weights. */
final class Learner {
    private final ComputationGraph network;
    private final TrainingOptions options;
    private final LearningRateSchedule schedule;
    private final Optional<WeightAverage> average;
    private final GradientStep step;
    private final double builtDropConnectRate;

    private Learner(
            ComputationGraph network,
            TrainingOptions options,
            LearningRateSchedule schedule,
            Optional<WeightAverage> average) {
        this.network = network;
        this.options = options;
        this.schedule = schedule;
        this.average = average;
        StepScoreListener scores = new StepScoreListener();
        network.setListeners(scores);
        this.step = new GradientStep(network, options, scores);
        this.builtDropConnectRate = options.mostDropConnect();
    }

    /** At the start of a run of so many epochs and steps. */
    static Learner started(ComputationGraph network, TrainingOptions options, int epochs, long steps) {
        LearningRateSchedule schedule = schedule(options, epochs, steps);
        ComputationGraph trainable = TrainableGraph.of(network, options.optimizer(), schedule);
        double decay = options.averaging().decay();
        return new Learner(
                trainable,
                options,
                schedule,
                decay == 0
                        ? Optional.empty()
                        : Optional.of(
                                new WeightAverage(decay, trainable.params().dup())));
    }

    /** Where a checkpoint left it. */
    static Learner resumed(Checkpoint from, TrainingOptions options, int epochs, long steps) {
        return new Learner(
                from.graph(),
                options,
                schedule(options, epochs, steps),
                from.average()
                        .map(values -> new WeightAverage(options.averaging().decay(), values)));
    }

    private static LearningRateSchedule schedule(TrainingOptions options, int epochs, long steps) {
        return LearningRateSchedule.of(options.schedule(), options.optimizer().learningRate(), epochs, steps);
    }

    /** The network with the weights that training goes on with. */
    ComputationGraph network() {
        return network;
    }

    Optional<WeightAverage> average() {
        return average;
    }

    /**
     * Takes on a stage's strengths. DL4J's workspaces only ever grow, and a stage of another size would leave the last
     * one's behind: they are freed.
     */
    void enter(TrainingStage stage) {
        stage.settings().ifPresent(settings -> {
            Strengths strengths = settings.strengths();
            AdaptiveRegularization.setDropout(network, strengths.dropout(), options.seed());
            if (builtDropConnectRate > 0) {
                AdaptiveRegularization.setStochasticDepth(network, strengths.dropConnectRate() / builtDropConnectRate);
            }
        });
        network.clearLayersStates();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    StepScore learn(List<DataSet> batches, TrainingPosition position, GradientStep.Divergence divergence) {
        Nd4j.getRandom().setSeed(position.stepSeed());
        int number = Math.toIntExact(position.step());
        int firstDraw = Math.multiplyExact(number, options.optimizer().accumulate());
        StepScore score = step.learn(batches, number, firstDraw, divergence);
        average.ifPresent(weights -> weights.update(network.params(), number));
        return score;
    }

    /** Puts in the weights to be judged and saved, until closed. */
    JudgedWeights judged(Optional<Recalibration> recalibration) {
        return JudgedWeights.enter(network, average, recalibration);
    }

    void endEpoch() {
        network.incrementEpochCount();
    }

    /** Of the step done last, or of the first one before any. */
    double learningRate(TrainingPosition position) {
        return schedule.valueAt(Math.toIntExact(Math.max(0, position.step() - 1)), position.epoch());
    }
}
