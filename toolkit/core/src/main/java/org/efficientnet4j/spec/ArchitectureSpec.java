package org.efficientnet4j.spec;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Activation;

/**
 * An unscaled network: 3x3 stride-2 stem, stages, 1x1 head.
 *
 * @param stemChannels the stem's output channels, at least 1
 * @param stages at least one
 * @param headChannels the 1x1 head convolution's output channels, at least 1
 * @param activation behind all convolutions but the projections
 */
public record ArchitectureSpec(int stemChannels, List<StageSpec> stages, int headChannels, Activation activation) {
    /** A network with swish, as published. */
    public ArchitectureSpec(int stemChannels, List<StageSpec> stages, int headChannels) {
        this(stemChannels, stages, headChannels, Activation.SWISH);
    }

    /** @throws InvalidInputException for no stages or channels below 1 */
    public ArchitectureSpec {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new InvalidInputException("An architecture needs at least one stage, found none");
        }
        if (stemChannels < 1 || headChannels < 1) {
            throw new InvalidInputException(
                    "Stem and head need at least 1 channel, found stem " + stemChannels + " and head " + headChannels);
        }
    }

    /** The network's total stride: the stem's 2 times every stage's. */
    public int stride() {
        return 2 * stages.stream().mapToInt(StageSpec::stride).reduce(1, (a, b) -> a * b);
    }
}
