package org.efficientnet4j.search.objective;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.ModelCost;

/** Makes one score, higher is better, of what a network reaches and what it costs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reward.Accuracy.class, name = "accuracy"),
    @JsonSubTypes.Type(value = Reward.Mnas.class, name = "mnas"),
    @JsonSubTypes.Type(value = Reward.V2.class, name = "v2")
})
public sealed interface Reward extends Serializable, ToDoubleBiFunction<ModelCost, Reward.Reached> {
    /** The exponent of MACs over target, and of step time. */
    double COST_EXPONENT = -0.07;
    /** The exponent of parameters in {@link #v2}. */
    double PARAMETER_EXPONENT = -0.05;

    /**
     * The result of a proxy training.
     *
     * @param accuracy validation top-1 as a share
     * @param stepMillis milliseconds of training one image
     */
    record Reached(double accuracy, double stepMillis) {}

    /** Accuracy alone. */
    static Reward accuracy() {
        return new Accuracy();
    }

    /**
     * Accuracy against multiply-accumulates, {@link Mnas}.
     *
     * @throws InvalidInputException for a target below 1
     */
    static Reward mnas(long targetMacs) {
        return new Mnas(targetMacs);
    }

    /** Accuracy against step time and parameters, {@link V2}. */
    static Reward v2() {
        return new V2();
    }

    /** True if the step time is part of the score, so that it has to be measured with care. */
    default boolean needsStepTime() {
        return false;
    }

    /** The score without the step time; empty where it needs that. */
    OptionalDouble ofAccuracy(ModelCost cost, double accuracy);

    /** Accuracy alone, as in the search for coefficients, where cost is a constraint. */
    record Accuracy() implements Reward {
        @Override
        public double applyAsDouble(ModelCost cost, Reached reached) {
            return reached.accuracy();
        }

        @Override
        public OptionalDouble ofAccuracy(ModelCost cost, double accuracy) {
            return OptionalDouble.of(accuracy);
        }
    }

    /**
     * ACC * (MACs / target)^-0.07.
     *
     * <p>Source: EfficientNet (arXiv 1905.11946) section 4, after MnasNet (arXiv 1807.11626); the paper's target is 400 M.
     *
     * @param targetMacs at least 1
     */
    record Mnas(long targetMacs) implements Reward {
        /** @throws InvalidInputException for a target below 1 */
        public Mnas {
            if (targetMacs < 1) {
                throw new InvalidInputException("The target of MACs must be at least 1, found " + targetMacs);
            }
        }

        @Override
        public double applyAsDouble(ModelCost cost, Reached reached) {
            return reached.accuracy() * Math.pow((double) cost.macs() / targetMacs, COST_EXPONENT);
        }

        @Override
        public OptionalDouble ofAccuracy(ModelCost cost, double accuracy) {
            return OptionalDouble.of(applyAsDouble(cost, new Reached(accuracy, 1)));
        }
    }

    /**
     * A * S^-0.07 * P^-0.05 with S in milliseconds of training one image and P in millions of parameters. Units change all
     * scores by the same factor and no order.
     *
     * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3.
     */
    record V2() implements Reward {
        @Override
        public boolean needsStepTime() {
            return true;
        }

        @Override
        public double applyAsDouble(ModelCost cost, Reached reached) {
            return reached.accuracy()
                    * Math.pow(reached.stepMillis(), COST_EXPONENT)
                    * Math.pow(cost.trainableParameters() / 1e6, PARAMETER_EXPONENT);
        }

        @Override
        public OptionalDouble ofAccuracy(ModelCost cost, double accuracy) {
            return OptionalDouble.empty();
        }
    }
}
