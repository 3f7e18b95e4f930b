/**
 * Whole networks compiled for inference: {@code UnitParser} finds blocks in the steps, {@code BatchProgram} shares a batch
 * out, {@code Lane} (a thread's whole images) and {@code Program} (bands of one image) run the units.
 * {@code OneDnnInference} is the entry type.
 */
package org.efficientnet4j.kernels.onednn.inference;
