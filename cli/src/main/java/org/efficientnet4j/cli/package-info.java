/**
 * The {@code effnet} command line. {@link org.efficientnet4j.cli.Effnet} is the entry type: {@code main} for the
 * launcher, {@code run} for tests. Commands are in {@code commands}, one class each; this package holds what they share:
 * output, errors, tables and JSON. Results go to standard output, everything else to standard error.
 */
package org.efficientnet4j.cli;
