/**
 * A finished training as one HTML page that opens offline. {@link org.efficientnet4j.train.report.TrainingReport} is the
 * entry type; it reads a run directory's metrics and takes a judgement of the finished network.
 */
package org.efficientnet4j.train.report;
