package org.efficientnet4j.train.phase;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Source of batches: the same ones for the same epoch, whenever and however often it is asked for. */
public interface EpochSource {
    /** How many examples an epoch has. */
    int examples();

    /** How many batches an epoch has; one that skips unreadable images may turn out to have fewer. */
    int batches();

    /**
     * One pass over the examples.
     *
     * @param epoch which one, from 0
     * @return features {@code [N, C, H, W]}, one-hot labels {@code [N, classes]}; closed after use if it is
     *     {@link AutoCloseable}
     */
    DataSetIterator epoch(int epoch);
}
