/**
 * One step of a training: gradients, their clipping, the learning rates of the stages, the optimiser, the moving average of
 * the weights, and the recalibration of batch normalisation before an evaluation. {@code Learner} is the entry type, for the
 * package {@link org.efficientnet4j.train} alone: trainings are started by {@link org.efficientnet4j.train.Trainer}.
 */
package org.efficientnet4j.train.step;
