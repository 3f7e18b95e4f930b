/** Optimisers that DL4J has not; {@link org.efficientnet4j.train.optimizer.TfRmsProp} is TensorFlow's RMSProp. */
package org.efficientnet4j.train.optimizer;
