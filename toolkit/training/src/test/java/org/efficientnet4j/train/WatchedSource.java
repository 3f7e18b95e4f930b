package org.efficientnet4j.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.efficientnet4j.train.phase.EpochSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Another source's batches, which lie ready, with an action before each is handed out.
 *
 * @param source the other source
 * @param action the action
 */
record WatchedSource(EpochSource source, Action action) implements EpochSource {
    /** Action before a batch; both numbers count from 0. */
    @FunctionalInterface
    interface Action {
        void before(int epoch, int batch);
    }

    @Override
    public int examples() {
        return source.examples();
    }

    @Override
    public int batches() {
        return source.batches();
    }

    @Override
    public DataSetIterator epoch(int epoch) {
        List<DataSet> batches = new ArrayList<>();
        source.epoch(epoch).forEachRemaining(batches::add);
        return new ListDataSetIterator<>(batches, 1) {
            private static final long serialVersionUID = 1L;

            private int next;

            @Override
            public synchronized DataSet next() {
                action.before(epoch, next++);
                return super.next();
            }
        };
    }
}
