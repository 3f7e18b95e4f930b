/**
 * Options of a training, from a configuration's keys, flags or code to one validated value. Each is one entry of a table,
 * {@link org.efficientnet4j.train.options.TrainingOption}, from which all else derives; {@link
 * org.efficientnet4j.train.options.TrainingOptions} is the entry type and holds a run's values; {@link
 * org.efficientnet4j.train.options.TrainingOptionsBuilder} collects, {@link
 * org.efficientnet4j.train.options.TrainingOptionsFile} reads and writes YAML, {@link
 * org.efficientnet4j.train.options.Recipes} are files that come with the toolkit.
 */
package org.efficientnet4j.train.options;
