package org.efficientnet4j.train;

/**
 * How a network did on the batch it has just learnt from.
 *
 * @param examples the batch's size
 * @param loss mean cross-entropy in nats against the plain labels
 * @param right how many were classified right
 */
record StepScore(int examples, double loss, long right) {}
