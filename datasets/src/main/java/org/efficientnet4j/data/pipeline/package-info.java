/**
 * Batches of images, one epoch at a time; {@link org.efficientnet4j.data.pipeline.ImagePipeline} is the way in.
 *
 * <p>Images are decoded and augmented by several threads with bounded look-ahead. Order and pixels depend only on seed,
 * epoch and index, never on the number of threads. Features have the logical shape [N, C, H, W] in channels-last memory.
 */
package org.efficientnet4j.data.pipeline;
