package org.efficientnet4j.train;

import java.time.Duration;

/**
 * Progress of a run after a step.
 *
 * @param epoch the running one, from 1
 * @param epochs how many there are
 * @param stepInEpoch steps done in it
 * @param stepsInEpoch steps it has
 * @param step steps of the run so far
 * @param loss mean over the epoch so far, in nats, without label smoothing
 * @param accuracy over the epoch so far, in [0, 1]
 * @param learningRate of this step
 * @param imagesPerSecond over the last few steps
 * @param remaining estimate until the end of the run, validation included
 */
public record StepProgress(
        int epoch,
        int epochs,
        int stepInEpoch,
        int stepsInEpoch,
        long step,
        double loss,
        double accuracy,
        double learningRate,
        double imagesPerSecond,
        Duration remaining) {}
