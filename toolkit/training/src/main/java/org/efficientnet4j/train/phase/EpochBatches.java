package org.efficientnet4j.train.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** One pass over batches, whose reading threads, if it has any, end with it. */
public final class EpochBatches implements AutoCloseable {
    private final DataSetIterator iterator;
    private final LongSupplier clock;
    private long waitedNanos;

    /** A pass by the machine's monotonic clock. */
    public EpochBatches(DataSetIterator iterator) {
        this(iterator, System::nanoTime);
    }

    /**
     * A pass by a clock of one's own.
     *
     * @param clock nanoseconds from any beginning, never going back
     */
    public EpochBatches(DataSetIterator iterator, LongSupplier clock) {
        this.iterator = iterator;
        this.clock = clock;
    }

    public DataSetIterator iterator() {
        return iterator;
    }

    public boolean hasNext() {
        long start = clock.getAsLong();
        try {
            return iterator.hasNext();
        } finally {
            waitedNanos += clock.getAsLong() - start;
        }
    }

    public DataSet next() {
        long start = clock.getAsLong();
        try {
            return iterator.next();
        } finally {
            waitedNanos += clock.getAsLong() - start;
        }
    }

    /** Says that batches are no longer read: their memory serves later ones. */
    public void giveBack(List<DataSet> batches) {
        if (iterator instanceof EpochIterator epoch) {
            batches.forEach(epoch::giveBack);
        }
    }

    /** For how long batches were waited for since the last call. */
    public double waitedSeconds() {
        double seconds = waitedNanos / 1e9;
        waitedNanos = 0;
        return seconds;
    }

    /** So many, or what is left; at least one. */
    public List<DataSet> next(int most) {
        List<DataSet> batches = new ArrayList<>(List.of(next()));
        while (batches.size() < most && hasNext()) {
            batches.add(next());
        }
        return batches;
    }

    /** Leaves out what was learnt from before an interruption. */
    public void skip(int batches) {
        for (int i = 0; i < batches && iterator.hasNext(); i++) {
            iterator.next();
        }
    }

    @Override
    public void close() {
        if (iterator instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The batches could not be closed", e);
            }
        }
    }
}
