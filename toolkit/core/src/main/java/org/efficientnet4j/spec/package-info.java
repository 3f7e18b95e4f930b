/**
 * The structure of an EfficientNet as data: {@link org.efficientnet4j.spec.ArchitectureSpec} is the entry type, a stem,
 * a list of {@link org.efficientnet4j.spec.StageSpec}s and a head, unscaled.
 *
 * <p>{@link org.efficientnet4j.spec.BlockNotation} reads and writes the published block strings. Nothing here knows
 * about tensors or DL4J; scaling is next door in {@code org.efficientnet4j.scaling}.
 */
package org.efficientnet4j.spec;
