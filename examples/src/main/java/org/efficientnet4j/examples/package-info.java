/**
 * Programs of one screen or two that show how the toolkit is used, one idea each, numbered in reading order; {@link
 * org.efficientnet4j.examples.Example01BuildAVariant} comes first, {@code examples/catalogue} lists them. Each one's {@code
 * main} calls {@code run}, which returns what it found so that a test can judge it. Limits: settings are chosen to end in
 * minutes, not to reach published accuracy.
 */
package org.efficientnet4j.examples;
