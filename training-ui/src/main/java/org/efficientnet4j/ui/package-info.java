/**
 * A training watched in a browser: {@link org.efficientnet4j.ui.TrainingUi} serves DL4J's pages (score, updates,
 * parameters and activations by layer, memory) on this machine's loopback while a network trains.
 */
package org.efficientnet4j.ui;
