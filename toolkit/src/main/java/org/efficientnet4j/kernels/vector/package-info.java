/**
 * The default CPU kernels: {@link org.efficientnet4j.kernels.vector.VectorKernels}, oneDNN's convolutions with own loops
 * in between, written with the incubating Vector API ({@code --add-modules jdk.incubator.vector}).
 *
 * <p>One source serves JDK 17 and 22+; {@link org.efficientnet4j.kernels.vector.Lanes} alone knows the difference, and it
 * works from a class folder as well as from a jar. JDK 19 to 21 lack both ways to native memory; there the provider without
 * the Vector API runs. Rows are taken as tiles of whole vectors whatever the number of channels, so that no loop has a tail
 * (see TileLoop). Hot loops are small static methods, one vector expression each: larger ones exceed the JIT compiler's
 * limits on inlining, and their vectors become objects, several times slower.
 *
 * <p>This package is compiled on its own (see the module's POM) and nothing outside refers to it but the service file.
 */
package org.efficientnet4j.kernels.vector;
