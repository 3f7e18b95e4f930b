/**
 * Weight files of Keras, in HDF5: {@link org.efficientnet4j.weights.keras.KerasFile} opens one. Read in Java alone, so that a
 * damaged file ends in an error and not in the process.
 */
package org.efficientnet4j.weights.keras;
