/**
 * Which ND4J backend this program was built with and whether this machine can run it, found out before any of its native
 * code is loaded. {@link org.efficientnet4j.backend.Backend} is the entry type. Limits: devices are those that
 * {@code nvidia-smi} lists; nothing here has been run on a GPU that the CUDA backend supports.
 */
package org.efficientnet4j.backend;
