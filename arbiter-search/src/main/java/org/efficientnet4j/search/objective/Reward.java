package org.efficientnet4j.search.objective;

import java.io.Serializable;
import java.util.function.ToDoubleBiFunction;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.ModelCost;

/** Makes one score, higher is better, of what a network reaches and what it costs. */
@FunctionalInterface
public interface Reward extends Serializable, ToDoubleBiFunction<ModelCost, Reward.Reached> {
    /** The exponent of MACs over target, and of step time. */
    double COST_EXPONENT = -0.07;
    /** The exponent of parameters in {@link #v2}. */
    double PARAMETER_EXPONENT = -0.05;

    /**
     * What a proxy training came to.
     *
     * @param accuracy validation top-1 as a share
     * @param stepMillis milliseconds of training one image
     */
    record Reached(double accuracy, double stepMillis) {}

    /** Accuracy alone, as in the search for coefficients, where cost is a constraint. */
    static Reward accuracy() {
        return (cost, reached) -> reached.accuracy();
    }

    /**
     * ACC * (MACs / target)^-0.07.
     *
     * <p>Source: EfficientNet (arXiv 1905.11946) section 4, after MnasNet (arXiv 1807.11626); the paper's target is 400 M.
     *
     * @param targetMacs at least 1
     * @throws InvalidInputException for a target below 1
     */
    static Reward mnas(long targetMacs) {
        if (targetMacs < 1) {
            throw new InvalidInputException("The target of MACs must be at least 1, found " + targetMacs);
        }
        return (cost, reached) -> reached.accuracy() * Math.pow((double) cost.macs() / targetMacs, COST_EXPONENT);
    }

    /**
     * A * S^-0.07 * P^-0.05 with S in milliseconds of training one image and P in millions of parameters. Units change all
     * scores by the same factor and no order.
     *
     * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3.
     */
    static Reward v2() {
        return (cost, reached) -> reached.accuracy()
                * Math.pow(reached.stepMillis(), COST_EXPONENT)
                * Math.pow(cost.trainableParameters() / 1e6, PARAMETER_EXPONENT);
    }
}
