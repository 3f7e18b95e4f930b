/**
 * A run's measurements and the files they go to: {@code metrics.csv}, JSON lines and TensorBoard's events. {@link
 * org.efficientnet4j.train.metrics.EpochMetrics} is what is written; every file can be cut back to an epoch, so that a
 * resumed run goes on where its checkpoint is.
 */
package org.efficientnet4j.train.metrics;
