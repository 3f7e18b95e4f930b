package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step on a whole normalised batch, such as mixing images with each other. Implementations are immutable and take all
 * chance from the generator they are handed, which depends only on seed, epoch and the batch's number.
 */
@FunctionalInterface
public interface BatchOperation {
    /**
     * Transforms a batch in place.
     *
     * @param features float32, contiguous, shape [N, size, size, 3]
     * @param labels float32, shape [N, classes]; rows sum to one
     * @param random this operation's generator for this batch
     */
    void apply(INDArray features, INDArray labels, RandomGenerator random);
}
