/**
 * Trains a network on images and writes a run directory. {@link org.efficientnet4j.train.Trainer} is the entry type: one
 * loop over stages, epochs and steps, configured by {@link org.efficientnet4j.train.options.TrainingOptions}, writing into a
 * {@link org.efficientnet4j.train.TrainingRun}; {@link org.efficientnet4j.model.ModelFile} is what comes out. Limits: one
 * process, one network input, one softmax output.
 */
package org.efficientnet4j.train;
