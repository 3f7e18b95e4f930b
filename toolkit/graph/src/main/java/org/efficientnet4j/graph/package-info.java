/**
 * From a scaled architecture to a DL4J graph: {@link org.efficientnet4j.graph.NetworkGraph} is the entry type. This is
 * the only package that assembles layers.
 *
 * <p>{@link org.efficientnet4j.graph.NetworkGraph} builds on the toolkit's own layers; {@link
 * org.efficientnet4j.graph.StockGraph} builds the same network of DL4J's classes alone, for programs without this toolkit,
 * and copies parameters into it. Neither sets input types: one network takes any image size. {@link
 * org.efficientnet4j.graph.NetworkInference} is the fastest way to either's output.
 */
package org.efficientnet4j.graph;
