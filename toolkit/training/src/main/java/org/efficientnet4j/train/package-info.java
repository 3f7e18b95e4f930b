/**
 * Trains a network on images and writes a run directory. {@link org.efficientnet4j.train.Trainer} is the entry type: one
 * loop over phases, epochs and steps, configured by {@link org.efficientnet4j.train.options.TrainingOptions}, writing into a
 * {@link org.efficientnet4j.train.run.TrainingRun}; {@link org.efficientnet4j.model.ModelFile} is what comes out. Limits: one
 * process, one network input, one softmax output.
 *
 * <p>Rooms: {@code phase} (sizes, strengths and batches), {@code step} (gradient and update), {@code run} (directory,
 * checkpoints, exact resume), {@code options}, {@code progressive} (schedules), {@code metrics}, {@code report}.
 * {@link org.efficientnet4j.train.LearningRateSchedule} stands here since checkpoints hold its full name.
 */
package org.efficientnet4j.train;
