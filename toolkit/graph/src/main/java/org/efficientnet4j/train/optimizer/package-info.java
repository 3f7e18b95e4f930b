/**
 * Optimisers that DL4J lacks; {@link org.efficientnet4j.train.optimizer.TfRmsProp} is TensorFlow's RMSProp. Saved networks
 * name these classes in full, which is why the package keeps its name.
 */
package org.efficientnet4j.train.optimizer;
