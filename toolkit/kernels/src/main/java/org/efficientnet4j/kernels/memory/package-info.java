/**
 * Memory outside Java's heap for native kernels: {@link org.efficientnet4j.kernels.memory.Addresses} of ND4J arrays,
 * {@link org.efficientnet4j.kernels.memory.NativeMemory} to own, and
 * {@link org.efficientnet4j.kernels.memory.ThreadScratch} to share between layers.
 */
package org.efficientnet4j.kernels.memory;
