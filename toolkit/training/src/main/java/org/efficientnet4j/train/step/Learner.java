package org.efficientnet4j.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.AdaptiveRegularization;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;
import org.efficientnet4j.train.run.Checkpoints.Checkpoint;
import org.efficientnet4j.train.run.StepScore;
import org.efficientnet4j.train.run.TrainingPosition;
import org.efficientnet4j.train.run.WeightAverage;
import org.efficientnet4j.transfer.NetworkStages;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A network while it is trained, with its optimiser, its learning rate and the moving average of its weights; of a partly
 * frozen network, the part that learns, which grows where the options thaw it.
 */
public final class Learner {
    private final TrainingOptions options;
    private final ISchedule schedule;
    private final Optional<StagePolicy> policy;
    private final Optional<WeightAverage> average;
    private final StepScoreListener scores = new StepScoreListener();
    private final List<TrainingListener> listeners;
    private final double builtDropConnectRate;
    private final ModelMetadata model;
    private TrainedPart part;
    private GradientStep step;
    private Optional<Strengths> strengths = Optional.empty();

    private Learner(
            TrainedPart part,
            ModelMetadata model,
            TrainingOptions options,
            ISchedule schedule,
            Optional<StagePolicy> policy,
            Optional<WeightAverage> average,
            List<TrainingListener> watchers) {
        this.model = model;
        this.options = options;
        this.schedule = schedule;
        this.policy = policy;
        this.average = average;
        this.listeners = new ArrayList<>(watchers);
        this.listeners.add(scores);
        this.builtDropConnectRate = options.mostDropConnect();
        take(part);
    }

    private void take(TrainedPart next) {
        part = next;
        part.graph().setListeners(listeners);
        step = new GradientStep(part, model, options, scores);
    }

    /** At the start of a run of these phases. */
    public static Learner started(
            ComputationGraph network,
            ModelMetadata model,
            TrainingOptions options,
            List<TrainingPhase> phases,
            ISchedule schedule,
            List<TrainingListener> watchers) {
        Optional<StagePolicy> policy = policy(model, options, phases);
        TrainedPart part = policy.map(staged -> part(network, staged, 0, options, schedule))
                .orElseGet(() -> TrainedPart.all(TrainableGraph.of(network, options, schedule)));
        double decay = options.get(ValidationOptions.AVERAGING_DECAY);
        Optional<WeightAverage> average = decay == 0
                ? Optional.empty()
                : Optional.of(new WeightAverage(decay, part.whole().params().dup()));
        return new Learner(part, model, options, schedule, policy, average, watchers);
    }

    /** Resumes from a checkpoint. */
    public static Learner resumed(
            Checkpoint from,
            ModelMetadata model,
            TrainingOptions options,
            List<TrainingPhase> phases,
            ISchedule schedule,
            List<TrainingListener> watchers) {
        Optional<StagePolicy> policy = policy(model, options, phases);
        TrainedPart part = policy.map(
                        staged -> part(from.graph(), staged, from.position().epoch(), options, schedule))
                .orElseGet(() -> TrainedPart.all(TrainableGraph.resumed(from.graph(), options, schedule)));
        from.optimizer().ifPresent(state -> restoreOptimizer(part.graph(), state));
        Optional<WeightAverage> average =
                from.average().map(values -> new WeightAverage(options.get(ValidationOptions.AVERAGING_DECAY), values));
        return new Learner(part, model, options, schedule, policy, average, watchers);
    }

    private static void restoreOptimizer(ComputationGraph graph, INDArray state) {
        long needed = graph.getUpdater().getStateViewArray().length();
        if (state.length() != needed) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "The checkpoint's optimiser state must have %,d numbers for the stages that learn, found %,d: resume"
                            + " with the options that the run was started with",
                    needed,
                    state.length()));
        }
        graph.getUpdater().setStateViewArray(state);
    }

    private static Optional<StagePolicy> policy(
            ModelMetadata model, TrainingOptions options, List<TrainingPhase> phases) {
        return TransferOptions.isStaged(options)
                ? Optional.of(
                        new StagePolicy(options, NetworkStages.of(model.model().plan()), phases))
                : Optional.empty();
    }

    private static TrainedPart part(
            ComputationGraph network, StagePolicy policy, int epoch, TrainingOptions options, ISchedule schedule) {
        return TrainedPart.of(network, policy.boundary(epoch), options, layer -> policy.rate(layer, schedule));
    }

    /** The network with the weights that training goes on with. */
    public ComputationGraph network() {
        return part.whole();
    }

    public Optional<WeightAverage> average() {
        return average;
    }

    /** The state of an optimiser that is not the network's own; empty where the network's own is the run's. */
    public Optional<INDArray> optimizer() {
        return policy.map(staged -> part.graph().getUpdater().getStateViewArray());
    }

    /**
     * Takes on a phase's strengths. DL4J's workspaces only ever grow, and a phase of another size would leave the last
     * one's behind: they are freed.
     */
    public void enter(TrainingPhase phase) {
        strengths = phase.settings().map(ProgressivePhase::strengths);
        regularize();
        part.graph().clearLayersStates();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    private void regularize() {
        strengths.ifPresent(wanted -> {
            AdaptiveRegularization.setDropout(part.graph(), wanted.dropout(), options.get(RunOptions.SEED));
            if (builtDropConnectRate > 0) {
                AdaptiveRegularization.setStochasticDepth(
                        part.graph(), wanted.dropConnectRate() / builtDropConnectRate);
            }
        });
    }

    public StepScore learn(List<DataSet> batches, TrainingPosition position, GradientStep.Divergence divergence) {
        Nd4j.getRandom().setSeed(position.stepSeed());
        int number = Math.toIntExact(position.step());
        int firstDraw = Math.multiplyExact(number, options.get(OptimizerOptions.ACCUMULATE));
        return step.learn(
                batches,
                number,
                firstDraw,
                average.map(weights -> weights.at(part.firstParameter(), number)),
                divergence);
    }

    /** Puts in the weights to be judged and saved, until closed. */
    public JudgedWeights judged(Optional<Recalibration> recalibration) {
        return JudgedWeights.enter(part, average, recalibration);
    }

    /**
     * Goes on to the next epoch, with one more stage where the options say so.
     *
     * @param next the epoch's number, from 0
     * @return what is frozen from now on, where that changes
     */
    public Optional<String> enterEpoch(int next) {
        part.graph().incrementEpochCount();
        return policy.filter(staged -> staged.frozen(next) != staged.frozen(next - 1))
                .map(staged -> {
                    TrainedPart larger = part(network(), staged, next, options, schedule);
                    larger.adoptOptimizer(part);
                    take(larger);
                    regularize();
                    return staged.lastFrozen(next)
                            .map(last -> "frozen until " + last)
                            .orElse("nothing is frozen");
                });
    }

    /** Learning rate of the step done last, or of the first one before any. */
    public double learningRate(TrainingPosition position) {
        return schedule.valueAt(Math.toIntExact(Math.max(0, position.step() - 1)), position.epoch());
    }
}
