/**
 * What can be set of a training, from a configuration's keys, flags or code to one validated value. {@link
 * org.efficientnet4j.train.options.TrainingOptions} is the entry type and holds a record for each group of keys; {@link
 * org.efficientnet4j.train.options.TrainingOptionsBuilder} collects, {@link
 * org.efficientnet4j.train.options.TrainingOptionsFile} reads and writes YAML, {@link
 * org.efficientnet4j.train.options.Recipes} are files that come with the toolkit.
 */
package org.efficientnet4j.train.options;
