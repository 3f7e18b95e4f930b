/**
 * From a specification to numbers: {@link org.efficientnet4j.scaling.ScaledArchitecture} is the entry type, a flat list
 * of blocks with every channel, stride and name resolved, which graph, cost, weight maps and exports read alike.
 *
 * <p>{@link org.efficientnet4j.scaling.ModelCost} counts parameters, multiply-accumulates and activation memory
 * without building anything. No DL4J types here.
 */
package org.efficientnet4j.scaling;
