/**
 * Programs of one screen or two that show how the toolkit is used, in the order of {@code examples/README.md}; {@link
 * org.efficientnet4j.examples.BuildAVariant} comes first. Each one's {@code main} calls {@code run}, which returns what it
 * found so that a test can judge it. Limits: settings are chosen to end in minutes, not to reach published accuracy.
 */
package org.efficientnet4j.examples;
