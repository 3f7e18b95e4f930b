package org.efficientnet4j.search.space;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.ModelCost;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The most a network may cost.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) equation 2: FLOPs and memory at most their targets.
 *
 * @param maxMacs multiply-accumulates of one image's forward pass
 * @param maxActivationBytes float32 bytes one image's training step keeps, as {@link ModelCost} counts them
 */
public record CostLimits(
        @JsonProperty("maxMacs") long maxMacs,
        @JsonProperty("maxActivationBytes") long maxActivationBytes) {
    /** No limits. */
    public static final CostLimits NONE = new CostLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @throws InvalidInputException for a limit below 1 */
    public CostLimits {
        if (Math.min(maxMacs, maxActivationBytes) < 1) {
            throw new InvalidInputException("Limits on MACs and activation bytes must be at least 1, found " + maxMacs
                    + " and " + maxActivationBytes);
        }
    }

    /** True for a cost within every limit. */
    public boolean admit(ModelCost cost) {
        return cost.macs() <= maxMacs && cost.activationBytes() <= maxActivationBytes;
    }
}
