/**
 * oneDNN's C library as the other packages call it: {@code Primitives} makes operations, {@code Primitive} runs one,
 * {@code Layout} describes memory, {@code PrimitiveCache} keeps a bounded number by shape, and
 * {@link org.efficientnet4j.kernels.onednn.primitive.Workers} runs shares of a batch on the kernels' threads.
 */
package org.efficientnet4j.kernels.onednn.primitive;
