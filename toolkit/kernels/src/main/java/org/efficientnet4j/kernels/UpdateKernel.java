package org.efficientnet4j.kernels;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimiser's step in one pass over flat vectors of equal length. */
public interface UpdateKernel {
    /** Moves the state and turns the gradient into what is to be subtracted from the parameters, in place. */
    void turn(Work work);

    /** {@link #turn}, then subtracts the step, then moves the average of the parameters, all while they are in the cache. */
    void apply(Work work, Optional<Average> average);

    /** The sum of a vector's squares. */
    double squares(INDArray vector);

    /**
     * One step's vectors and numbers. The rule's gradient is {@code factor gradient + l2 parameter}, and its step has
     * {@code decay parameter} added.
     *
     * @param rule what the optimiser does
     * @param factor of the gradient, e.g. one over the number of examples it was summed over
     * @param parameters the network's
     * @param gradient by them
     * @param state what the rule remembers, in its order
     * @param runs where which decay holds; together they cover the vectors
     */
    record Work(
            UpdateRule rule,
            double factor,
            INDArray parameters,
            INDArray gradient,
            List<INDArray> state,
            List<Run> runs) {
        /** Copies the lists. */
        public Work {
            state = List.copyOf(state);
            runs = List.copyOf(runs);
        }
    }

    /**
     * Parameters in a row with one decay.
     *
     * @param first the first one's index
     * @param length how many
     * @param l2 of a parameter, added to its gradient
     * @param decay of a parameter, added to its step
     */
    record Run(long first, long length, double l2, double decay) {}

    /**
     * The parameters' exponential moving average: {@code values = kept values + (1 - kept) parameter}.
     *
     * @param values where it stands
     * @param kept the old average's share
     */
    record Average(INDArray values, double kept) {}
}
