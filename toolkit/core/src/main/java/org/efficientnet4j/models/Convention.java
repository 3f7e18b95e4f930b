package org.efficientnet4j.models;

import java.util.Objects;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.plan.Padding;

/**
 * Differences, besides names, of a library's version of a model.
 *
 * @param padding of the convolutions whose padding adapts to their kernel
 * @param batchNorm numbers of its batch norms
 * @param normalization of the pixels that its weights expect
 */
public record Convention(Padding padding, BatchNormSettings batchNorm, Normalization normalization) {
    /** Checks that nothing is missing. */
    public Convention {
        Objects.requireNonNull(padding, "padding");
        Objects.requireNonNull(batchNorm, "batchNorm");
        Objects.requireNonNull(normalization, "normalization");
    }
}
