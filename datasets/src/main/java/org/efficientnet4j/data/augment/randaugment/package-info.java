/**
 * RandAugment: some operations drawn from sixteen, all at one magnitude. {@link
 * org.efficientnet4j.data.augment.randaugment.RandAugment} is the step of a policy; {@link
 * org.efficientnet4j.data.augment.randaugment.RandomOperation} the table of operations.
 *
 * <p>Source: arXiv 1909.13719; operations and magnitudes as in google/automl {@code efficientnetv2/autoaugment.py}.
 */
package org.efficientnet4j.data.augment.randaugment;
