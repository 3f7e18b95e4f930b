/**
 * Weights from elsewhere and back: tensor files ({@link org.efficientnet4j.weights.WeightFiles} opens one), the names other
 * libraries give to parameters, and {@link org.efficientnet4j.weights.WeightImport}, the way in, which accounts for every
 * tensor. Nothing here runs code that a file brings.
 */
package org.efficientnet4j.weights;
