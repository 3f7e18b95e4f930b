package org.efficientnet4j.search.specification;

import java.util.Objects;
import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.CostLimits;

/**
 * The most a network may cost.
 *
 * @param cost limits that are known before a trial
 * @param latencyMillis the most milliseconds to classify one image, which each trial measures
 */
public record Budgets(CostLimits cost, OptionalDouble latencyMillis) {
    /** No budget. */
    public static final Budgets NONE = new Budgets(CostLimits.NONE, OptionalDouble.empty());

    /** @throws InvalidInputException for a latency that is not above 0 */
    public Budgets {
        Objects.requireNonNull(cost, "cost");
        if (latencyMillis.isPresent() && !(latencyMillis.getAsDouble() > 0)) {
            throw new InvalidInputException(
                    "The latency budget must be above 0 ms, found " + latencyMillis.getAsDouble());
        }
    }
}
