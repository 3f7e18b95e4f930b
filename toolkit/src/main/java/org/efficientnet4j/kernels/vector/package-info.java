/**
 * The default CPU kernels: {@link org.efficientnet4j.kernels.vector.VectorKernels}, oneDNN's convolutions with own loops
 * in between, written with the incubating Vector API ({@code --add-modules jdk.incubator.vector}).
 */
package org.efficientnet4j.kernels.vector;
