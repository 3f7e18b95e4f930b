package org.efficientnet4j.train;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** One pass over batches, whose reading threads, if it has any, end with it. */
final class EpochBatches implements AutoCloseable {
    private final DataSetIterator iterator;

    EpochBatches(DataSetIterator iterator) {
        this.iterator = iterator;
    }

    DataSetIterator iterator() {
        return iterator;
    }

    boolean hasNext() {
        return iterator.hasNext();
    }

    DataSet next() {
        return iterator.next();
    }

    /** So many, or what is left; at least one. */
    List<DataSet> next(int most) {
        List<DataSet> batches = new ArrayList<>(List.of(iterator.next()));
        while (batches.size() < most && iterator.hasNext()) {
            batches.add(iterator.next());
        }
        return batches;
    }

    /** Leaves out what was learnt from before an interruption. */
    void skip(int batches) {
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
