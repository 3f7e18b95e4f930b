package org.efficientnet4j.train.metrics;

import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/**
 * How an epoch went. Both losses are cross-entropies in nats against the plain labels, without smoothing and weight
 * decay, so that they compare.
 *
 * @param epoch which one, from 1
 * @param step steps of the run so far
 * @param trainLoss mean over the epoch's examples, each taken while it was learnt from
 * @param trainAccuracy share of them whose most probable class was the true one
 * @param validation figures on the validation part; empty for an epoch that was not validated
 * @param learningRate of the epoch's last step
 * @param imagesPerSecond training images a second, validation left out
 * @param seconds of the whole epoch
 * @param dataWait share of the training time in which no batch was ready, 0 to 1
 * @param phase size, batch and strengths of the epoch; empty if the run does not say
 */
public record EpochMetrics(
        int epoch,
        long step,
        double trainLoss,
        double trainAccuracy,
        Optional<EvaluationResult> validation,
        double learningRate,
        double imagesPerSecond,
        double seconds,
        double dataWait,
        Optional<ProgressivePhase> phase) {
    /** Checks that validation and phase are there or empty. */
    public EpochMetrics {
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(phase, "phase");
    }
}
