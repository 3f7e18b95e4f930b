package org.efficientnet4j.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class EpochBatchesTest {
    private static final long PAUSE_MILLIS = 60;

    @Test
    void tellsHowLongItWaited() {
        try (EpochBatches batches =
                new EpochBatches(paused(TinyTraining.source(24, 8, 1).epoch(0), PAUSE_MILLIS))) {
            assertEquals(2, batches.next(2).size());
            assertTrue(batches.waitedSeconds() >= 2 * PAUSE_MILLIS / 1e3);
            assertEquals(0, batches.waitedSeconds());
        }
    }

    /** The steps of this network take a few milliseconds. */
    @Test
    void aTrainingThatStarvesSaysSo(@TempDir Path folder) throws IOException {
        TrainingRun run = TrainingRun.create(
                folder.resolve("run"),
                TinyTraining.options().set(RunOptions.EPOCHS, 2).build());
        EpochSource source = TinyTraining.source(48, 8, 1);
        EpochSource starving = new EpochSource() {
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
                return paused(source.epoch(epoch), epoch == 0 ? 0 : PAUSE_MILLIS);
            }
        };
        TrainingPhase phase = new TrainingPhase(2, starving, TinyTraining.source(30, 8, 2));
        new Trainer(
                        run,
                        TinyTraining.network(0),
                        List.of(phase),
                        TinyTraining.metadata(),
                        "bright channels",
                        "random weights")
                .train();

        List<String> rows = Files.readAllLines(run.metricsFile());
        assertTrue(rows.get(0).endsWith(",dataWait"));
        assertTrue(dataWait(rows.get(1)) < 0.3, rows.get(1));
        assertTrue(dataWait(rows.get(2)) > 0.4 && dataWait(rows.get(2)) <= 1, rows.get(2));
    }

    private static double dataWait(String row) {
        return Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
    }

    /** All batches, which lie ready, each after a pause. */
    private static DataSetIterator paused(DataSetIterator fast, long millis) {
        List<DataSet> batches = new ArrayList<>();
        fast.forEachRemaining(batches::add);
        return new ListDataSetIterator<>(batches, 1) {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized DataSet next() {
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.next();
            }
        };
    }
}
