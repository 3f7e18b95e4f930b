package org.efficientnet4j.train.step;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.evaluate.PredictionTally;
import org.efficientnet4j.train.run.StepScore;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores each training step from the forward pass that the step makes anyway. DL4J computes the output layer inside its
 * loss and keeps nothing of it, but the layer still has its input when the backward pass ends: running that one layer
 * again costs a matrix product of {@code [N, features] x [features, classes]}, with this step's dropout in it and before
 * the weights change.
 */
final class StepScoreListener extends BaseTrainingListener {
    private INDArray targets;
    private StepScore score;

    /** Announces the plain labels {@code [N, classes]} of the batch that is fitted next. */
    void expect(INDArray plainTargets) {
        targets = plainTargets;
        score = null;
    }

    @Override
    public void onBackwardPass(Model model) {
        Layer output = ((ComputationGraph) model).getOutputLayer(0);
        INDArray probabilities = output.activate(false, LayerWorkspaceMgr.noWorkspaces());
        PredictionTally tally = new PredictionTally(Math.toIntExact(targets.size(1)));
        tally.add(probabilities, targets);
        score = new StepScore(tally.examples(), tally.loss(), Math.round(tally.top1() * tally.examples()));
    }

    /** The score of the batch fitted last. */
    StepScore score() {
        if (score == null) {
            throw new IllegalStateException("No step has been scored: fit a batch first");
        }
        return score;
    }
}
