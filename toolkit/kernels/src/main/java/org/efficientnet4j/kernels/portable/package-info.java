/**
 * Kernels made of stock ND4J operations: {@link org.efficientnet4j.kernels.portable.PortableKernels}. They run on any
 * backend and in any floating-point type, and are what the faster providers are tested against.
 */
package org.efficientnet4j.kernels.portable;
