/**
 * The run directory: its lock, configuration, log, checkpoints and the state from which a training resumes exactly.
 * {@link org.efficientnet4j.train.run.TrainingRun} is the entry type; files are written under a temporary name and moved.
 */
package org.efficientnet4j.train.run;
