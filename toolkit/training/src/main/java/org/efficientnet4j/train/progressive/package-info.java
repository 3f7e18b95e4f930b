/**
 * Progressive learning: image size and regularisation that grow together over a run's phases.
 * {@link org.efficientnet4j.train.progressive.ProgressiveSchedule} is the entry type: a list of phases, computed from a
 * {@link org.efficientnet4j.train.progressive.ProgressiveRange}. Plain data; nothing here trains.
 */
package org.efficientnet4j.train.progressive;
