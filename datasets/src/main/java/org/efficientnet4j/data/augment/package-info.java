/**
 * Augmentation of an image between the decoder and the network;
 * {@link org.efficientnet4j.data.augment.AugmentationPolicy} is the way in.
 *
 * <p>A policy is data: a framing (how an image of any size becomes a square), an ordered list of operations on the
 * square, and a list of operations on a whole batch. All chance comes from the generator an operation is handed, so that
 * a picture depends only on seed, epoch and index.
 */
package org.efficientnet4j.data.augment;
