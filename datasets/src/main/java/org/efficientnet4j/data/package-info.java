/**
 * Labelled images: where they come from and how they become batches. {@link org.efficientnet4j.data.Normalization} and
 * {@link org.efficientnet4j.data.InvalidInputException} are shared with every other module.
 */
package org.efficientnet4j.data;
