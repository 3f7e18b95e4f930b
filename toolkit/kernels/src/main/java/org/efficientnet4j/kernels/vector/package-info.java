/**
 * The default CPU kernels: {@link org.efficientnet4j.kernels.vector.VectorKernels}, oneDNN's convolutions with own loops
 * in between, written with the incubating Vector API. {@link org.efficientnet4j.kernels.JvmFlags} are what it needs.
 *
 * <p>One source serves JDK 17 and 22+; {@link org.efficientnet4j.kernels.vector.LaneAccess} alone knows the difference. It
 * has two open ways to native memory, and a faster one that a flag opens. JDK 19 to 21 lack both open ways; there the
 * provider without the Vector API runs. Rows are taken as tiles of whole vectors whatever the number of channels, so that
 * no loop has a tail (see TileLoop).
 *
 * <p>Hot loops are small static methods in classes named {@code ...Rows}, one vector expression each: larger ones exceed
 * the JIT compiler's limits on inlining, and their vectors become objects, several times slower. The flags keep it from
 * making larger ones of them.
 *
 * <p>This package is compiled on its own (see the module's POM) and nothing outside refers to it but the service file.
 */
package org.efficientnet4j.kernels.vector;
