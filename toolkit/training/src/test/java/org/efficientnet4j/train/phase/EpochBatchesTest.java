package org.efficientnet4j.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.efficientnet4j.train.TinyTraining;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class EpochBatchesTest {
    private static final long PAUSE_NANOS = 60_000_000;

    @Test
    void tellsHowLongItWaited() {
        AtomicLong clock = new AtomicLong(-5);
        List<DataSet> all = new ArrayList<>();
        TinyTraining.source(24, 8, 1).epoch(0).forEachRemaining(all::add);
        ListDataSetIterator<DataSet> slow = new ListDataSetIterator<>(all, 1) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized DataSet next() {
                clock.addAndGet(PAUSE_NANOS);
                return super.next();
            }
        };
        try (EpochBatches batches = new EpochBatches(slow, clock::get)) {
            assertEquals(2, batches.next(2).size());
            clock.addAndGet(PAUSE_NANOS); // not the batches' time
            assertEquals(2 * PAUSE_NANOS / 1e9, batches.waitedSeconds());
            assertEquals(0, batches.waitedSeconds());
        }
    }
}
