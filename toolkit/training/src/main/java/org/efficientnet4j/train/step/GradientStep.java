package org.efficientnet4j.train.step;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.StepMemory;
import org.efficientnet4j.graph.WeightStep;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.graph.layers.CheckpointedNetwork;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.StepScore;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Changes a network's weights once: sums the gradients of a few batches, shortens their mean to a largest norm and hands
 * it to the optimiser. Does what DL4J's {@code fit} does for one batch, in the same order, so that its listeners hear the
 * same.
 */
public final class GradientStep {
    private final TrainedPart part;
    private final ComputationGraph graph;
    private final double labelSmoothing;
    private final double clipNorm;
    private final Optional<WeightedLoss> weightedLoss;
    private final FusedUpdater updater;
    private final StepScoreListener scores;
    private INDArray sum;

    GradientStep(TrainedPart part, ModelMetadata model, TrainingOptions options, StepScoreListener scores) {
        this.part = part;
        this.graph = part.graph();
        this.labelSmoothing = options.get(RegularizationOptions.LABEL_SMOOTHING);
        this.weightedLoss = options.get(RegularizationOptions.CLASS_WEIGHTS)
                .vector(model.labels())
                .map(WeightedLoss::new);
        this.clipNorm = options.get(OptimizerOptions.CLIP_NORM);
        this.scores = scores;
        this.updater = FusedUpdater.install(graph);
        boolean watched = graph.getListeners().stream().anyMatch(listener -> listener != scores);
        FusedBlocks.install(graph, watched);
        ActivationCheckpointing checkpointing = options.get(RunOptions.CHECKPOINT_ACTIVATIONS);
        if (checkpointing != ActivationCheckpointing.OFF) {
            CheckpointedNetwork.install(graph, model.model().plan(), checkpointing);
        }
    }

    /** Is told that a loss is not finite. */
    @FunctionalInterface
    public interface Divergence {
        RuntimeException of(double loss);
    }

    /**
     * Learns from batches; the weights stay as they are if a loss is not finite.
     *
     * @param batches at least one
     * @param step steps of the run before this one, which optimiser and learning rate go by
     * @param firstDraw number of the first batch for what layers draw by chance; the next batches have the next numbers
     * @param average of the weights that learn, moved after them
     * @return the scores over all batches
     */
    StepScore learn(List<DataSet> batches, int step, int firstDraw, Optional<Average> average, Divergence divergence) {
        StepScore total = StepScore.NONE;
        for (int i = 0; i < batches.size(); i++) {
            total = total.plus(differentiate(batches.get(i), firstDraw + i, divergence));
            if (batches.size() > 1) {
                accumulate(i == 0);
            }
        }
        if (batches.size() > 1) {
            graph.getGradientsViewArray().assign(sum);
        }
        apply(total.examples(), step, average);
        return total;
    }

    private StepScore differentiate(DataSet batch, int draw, Divergence divergence) {
        graph.getConfiguration().setIterationCount(draw);
        scores.expect(batch.getLabels());
        try (TrainedPart.Input input = part.input(batch.getFeatures())) {
            graph.setInputs(input.array());
            graph.setLabels(LabelSmoothing.smooth(batch.getLabels(), labelSmoothing));
            StepMemory.prepare();
            weightedLoss.ifPresentOrElse(
                    loss -> loss.during(graph, graph::computeGradientAndScore), graph::computeGradientAndScore);
            graph.clearLayersStates();
        }
        StepScore score = scores.score();
        if (!Double.isFinite(score.loss()) || !Double.isFinite(graph.score())) {
            throw divergence.of(Double.isFinite(score.loss()) ? graph.score() : score.loss());
        }
        return score;
    }

    private void accumulate(boolean first) {
        INDArray gradients = graph.getGradientsViewArray();
        if (!first) {
            sum.addi(gradients);
        } else if (sum == null) {
            sum = gradients.dup();
        } else {
            sum.assign(gradients);
        }
    }

    private void apply(int examples, int step, Optional<Average> average) {
        graph.getConfiguration().setIterationCount(step);
        int epoch = graph.getConfiguration().getEpochCount();
        for (TrainingListener listener : graph.getListeners()) {
            listener.onGradientCalculation(graph);
        }
        updater.step(graph.gradient(), new WeightStep(step, epoch, examples, clipNorm, average));
        for (TrainingListener listener : graph.getListeners()) {
            listener.iterationDone(graph, step, epoch);
        }
        graph.getConfiguration().setIterationCount(step + 1);
        Nd4j.getExecutioner().commit();
    }
}
