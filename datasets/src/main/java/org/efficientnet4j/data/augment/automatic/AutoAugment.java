package org.efficientnet4j.data.augment.automatic;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.efficientnet4j.data.augment.automatic.LearntPolicy.Step;

/**
 * One of a policy's 25 sub-policies, drawn evenly: two operations in a row, each done with its own probability at its own
 * magnitude.
 *
 * <p>Deviation: where an image ends, moved pixels are grey (128) as in RandAugment.
 *
 * <p>Source: arXiv 1805.09501.
 *
 * @param policy whose sub-policies
 */
public record AutoAugment(LearntPolicy policy) implements AutomaticPolicy {
    /** Checks that there is a policy. */
    public AutoAugment {
        Objects.requireNonNull(policy, "policy");
    }

    @Override
    public byte[] applyToPixels(byte[] input, int size, RandomGenerator random, Consumer<String> told) {
        List<Step> steps =
                policy.subPolicies().get(random.nextInt(policy.subPolicies().size()));
        Pixels pixels = new Pixels(input, size);
        for (Step step : steps) {
            if (random.nextDouble() < step.probability()) {
                pixels = step.operation().apply(pixels, step.magnitude(), random);
                told.accept(step.operation().published());
            }
        }
        return pixels.bytes();
    }
}
