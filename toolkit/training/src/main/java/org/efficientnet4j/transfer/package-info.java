/**
 * Transfer learning: a trained network as the start of another one. {@link
 * org.efficientnet4j.transfer.TransferLearning} is the entry type: it makes a network with a new classifier, or for images
 * of other channels, whose other parameters are a trained network's. {@link org.efficientnet4j.transfer.NetworkStages} names the
 * stages up to which a network can be frozen; freezing itself is {@code org.efficientnet4j.train}'s, whose options say
 * how far and for how long.
 *
 * <p>Limits: networks of the toolkit's own layers, of one architecture.
 */
package org.efficientnet4j.transfer;
