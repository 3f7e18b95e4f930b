package org.efficientnet4j.train.metrics;

/** A file with something for every epoch, which a resumed run continues. */
public interface MetricsTable {
    /** Makes the file hold the completed epochs alone: a resumed run repeats what came after its checkpoint. */
    void keepEpochs(int completed);

    /**
     * Adds an epoch.
     *
     * @throws org.efficientnet4j.core.InvalidInputException if it cannot be written
     */
    void append(EpochMetrics metrics);
}
