package org.efficientnet4j.weights.names;

import java.util.Objects;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.plan.Padding;

/**
 * What a library's version of a model differs in besides names.
 *
 * @param padding of the convolutions
 * @param batchNormEpsilon added to variances
 * @param batchNormDecay weight of the old running statistic
 * @param normalization what its weights expect of pixels
 */
public record Convention(Padding padding, double batchNormEpsilon, double batchNormDecay, Normalization normalization) {
    /** Checks that nothing is missing. */
    public Convention {
        Objects.requireNonNull(padding, "padding");
        Objects.requireNonNull(normalization, "normalization");
    }
}
