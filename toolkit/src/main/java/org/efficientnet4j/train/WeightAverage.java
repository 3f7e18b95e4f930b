package org.efficientnet4j.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The exponential moving average of a network's weights and batch-norm statistics. Its decay is warmed up, so that the
 * average follows the weights closely at first: {@code min(decay, (1 + step) / (10 + step))}.
 *
 * <p>Source: tensorflow {@code ExponentialMovingAverage}, {@code num_updates}; decay .9999 in arXiv 1905.11946.
 */
final class WeightAverage {
    private final double decay;
    private final INDArray average;

    /**
     * @param decay in (0, 1)
     * @param average where it stands, changed in place
     */
    WeightAverage(double decay, INDArray average) {
        this.decay = decay;
        this.average = average;
    }

    /**
     * Moves the average towards the weights.
     *
     * @param weights all of them, flat
     * @param first the first one that learns; those before stay, and so does their average, bit for bit
     * @param step steps done before this one
     */
    void update(INDArray weights, long first, long step) {
        double kept = decayAt(step);
        INDArray moving = from(first, average).muli(kept);
        Nd4j.getBlasWrapper().level1().axpy(moving.length(), 1 - kept, from(first, weights), moving);
    }

    private static INDArray from(long first, INDArray vector) {
        return first == 0 ? vector : vector.reshape(vector.length()).get(NDArrayIndex.interval(first, vector.length()));
    }

    double decayAt(long step) {
        return Math.min(decay, (1.0 + step) / (10.0 + step));
    }

    INDArray values() {
        return average;
    }
}
