/**
 * Features of images before their classification: {@link org.efficientnet4j.features.FeatureExtractor} gives feature
 * maps at every stride and pooled embeddings, {@link org.efficientnet4j.features.Embeddings} writes those of a whole
 * source to a file. Networks run in inference mode. Limits: networks of the toolkit's own layers.
 */
package org.efficientnet4j.features;
