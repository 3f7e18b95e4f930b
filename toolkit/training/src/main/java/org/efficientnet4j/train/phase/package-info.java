/**
 * The phases of a progressive training and the batches that each reads. {@link org.efficientnet4j.train.phase.TrainingPhase}
 * is the entry type: an image size, a number of epochs, the strengths of its regularisation and an
 * {@link org.efficientnet4j.train.phase.EpochSource} for its batches. A training without progressive learning has one phase.
 */
package org.efficientnet4j.train.phase;
