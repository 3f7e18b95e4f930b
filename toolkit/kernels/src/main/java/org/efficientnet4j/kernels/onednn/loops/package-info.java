/**
 * The loops between convolutions (batch norm with activation, gates, poolings, sums over channels), as interfaces that the
 * vector kernels implement and, in the classes named {@code Plain}, by oneDNN's own primitives.
 * {@link org.efficientnet4j.kernels.onednn.loops.FusedLoops} is the entry type.
 */
package org.efficientnet4j.kernels.onednn.loops;
