/**
 * Names and layouts of an EfficientNet's parameters in other libraries. Derived from the architecture's
 * description by {@link org.efficientnet4j.weights.names.NameMap}s; {@link org.efficientnet4j.weights.names.WeightSource}
 * lists the libraries.
 */
package org.efficientnet4j.weights.names;
