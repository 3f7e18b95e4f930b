/**
 * Fair comparisons of networks. {@link org.efficientnet4j.compare.Comparison} trains several alike and is the way in;
 * {@link org.efficientnet4j.compare.ComparedFiles} compares model files on one set of images. Limits: one label an image,
 * one machine, one training at a time.
 */
package org.efficientnet4j.compare;
