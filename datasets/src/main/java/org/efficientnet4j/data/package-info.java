/**
 * Labelled images for training: the vocabulary that the data packages share.
 *
 * <p>Data flows one way. A <em>source</em> ({@link org.efficientnet4j.data.source.ImageSources#open} is the way in)
 * names labelled images and decodes one on request; a <em>pipeline</em>
 * ({@link org.efficientnet4j.data.pipeline.ImagePipeline}) shuffles, decodes in parallel, augments
 * ({@link org.efficientnet4j.data.augment.AugmentationPolicy}) and batches them into DL4J data sets.
 *
 * <ul>
 *   <li>{@code data}: {@link org.efficientnet4j.data.ImageSource}, {@link org.efficientnet4j.data.DataParts},
 *       {@link org.efficientnet4j.data.DataSplits}, {@link org.efficientnet4j.data.LeftOut} and the errors a user can cause
 *   <li>{@code data.source}: folders, CSV files, CIFAR, generated shapes, stratified splits
 *   <li>{@code data.check}: class counts, duplicates, classes that cannot be read
 *   <li>{@code data.decode}: image files to upright 8-bit RGB
 *   <li>{@code data.archive}: safe extraction
 *   <li>{@code data.augment}: framing, flips, resampling, erasing and mixing; RandAugment and AutoAugment in {@code automatic}
 *   <li>{@code data.pipeline}: batches, one epoch at a time
 * </ul>
 *
 * <p>Pixels are always 8-bit RGB (never OpenCV's BGR) until the pipeline normalises them. Matrices are off-heap: whoever
 * receives one from {@link org.efficientnet4j.data.ImageSource#read} closes it.
 */
package org.efficientnet4j.data;
