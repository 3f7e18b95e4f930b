/**
 * Augmentation by policies that were searched rather than written by hand.
 * {@link org.efficientnet4j.data.augment.automatic.RandAugment} draws its operations evenly and has one magnitude;
 * {@link org.efficientnet4j.data.augment.automatic.AutoAugment} draws a pair of a learnt list. Both are steps of a policy
 * and share the operations on pixels.
 *
 * <p>Source: arXiv 1909.13719 and 1805.09501; RandAugment's operations and magnitudes as in google/automl {@code
 * efficientnetv2/autoaugment.py}.
 */
package org.efficientnet4j.data.augment.automatic;
