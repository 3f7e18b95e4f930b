/**
 * Where labelled images come from; {@link org.efficientnet4j.data.source.ImageSources} is the way in.
 *
 * <p>Every source is immutable, lists its images in a fixed order and decodes on request. Sources that bring their own
 * held-out images (train/ and val/ folders, CIFAR's test batch) keep them; the others are split by
 * {@link org.efficientnet4j.data.source.StratifiedSplit}.
 */
package org.efficientnet4j.data.source;
