/** Kernels on oneDNN's C library. */
package org.efficientnet4j.kernels.onednn;
