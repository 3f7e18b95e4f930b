package org.efficientnet4j.train.run;

import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The exponential moving average of a network's weights and batch-norm statistics. Its decay is warmed up, so that the
 * average follows the weights closely at first: {@code min(decay, (1 + step) / (10 + step))}.
 *
 * <p>Source: tensorflow {@code ExponentialMovingAverage}, {@code num_updates}; decay .9999 in arXiv 1905.11946.
 */
public final class WeightAverage {
    private final double decay;
    private final INDArray average;

    /**
     * @param decay in (0, 1)
     * @param average where it stands, changed in place
     */
    public WeightAverage(double decay, INDArray average) {
        this.decay = decay;
        this.average = average;
    }

    /**
     * How the average moves at a step.
     *
     * @param first the first weight that learns; those before stay, and so does their average, bit for bit
     * @param step steps done before this one
     */
    public Average at(long first, long step) {
        INDArray moving = first == 0
                ? average
                : average.reshape(average.length()).get(NDArrayIndex.interval(first, average.length()));
        return new Average(moving, decayAt(step));
    }

    public double decayAt(long step) {
        return Math.min(decay, (1.0 + step) / (10.0 + step));
    }

    public INDArray values() {
        return average;
    }
}
