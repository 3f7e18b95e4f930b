/**
 * The sub-commands of {@code effnet}, one class each. They parse and print; the work is done in the toolkit. There is no
 * entry type of its own: {@link org.efficientnet4j.cli.Effnet} registers them.
 */
package org.efficientnet4j.cli.commands;
