/**
 * How long work is shown. {@link org.efficientnet4j.cli.progress.TrainingProgress} is the entry type; it redraws one line
 * on a terminal and writes plain lines, seldom, anywhere else.
 */
package org.efficientnet4j.cli.progress;
