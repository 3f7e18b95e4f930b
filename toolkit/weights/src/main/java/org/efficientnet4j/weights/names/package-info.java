/**
 * What other libraries call the parameters of an EfficientNet, and how they store them. Derived from the architecture's
 * description by {@link org.efficientnet4j.weights.names.NameMap}s; {@link org.efficientnet4j.weights.names.WeightSource}
 * lists the libraries.
 */
package org.efficientnet4j.weights.names;
