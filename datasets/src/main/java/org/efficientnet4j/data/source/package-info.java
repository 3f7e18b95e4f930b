/**
 * Sources of labelled images; {@link org.efficientnet4j.data.source.ImageSources} is the way in.
 *
 * <p>Every source is immutable, lists its images in a fixed order and decodes on request. Sources that bring their own
 * parts (train/ and val/ folders, a CSV file's split column, CIFAR's test batch) keep them; of the others parts are drawn by
 * a {@link org.efficientnet4j.data.source.SplitRule}.
 */
package org.efficientnet4j.data.source;
