package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.phase.EpochSource;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The share of its time that a training waits for data, by a clock that only steps and slow batches move. */
class StarvingTrainingTest {
    private static final long PAUSE_NANOS = 60_000_000;
    private static final long STEP_NANOS = 20_000_000;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void aTrainingThatStarvesSaysSo(@TempDir Path folder) throws IOException {
        TrainingRun run = TrainingRun.create(
                folder.resolve("run"),
                TinyTraining.options().set(RunOptions.EPOCHS, 2).build());
        EpochSource starving = new WatchedSource(
                TinyTraining.source(48, 8, 1), (epoch, batch) -> clock.addAndGet(epoch == 0 ? 0 : PAUSE_NANOS));
        TrainingPhase phase = new TrainingPhase(2, starving, TinyTraining.source(30, 8, 2));
        new Trainer(
                        run,
                        TinyTraining.network(0),
                        List.of(phase),
                        TinyTraining.metadata(),
                        "bright channels",
                        "random weights")
                .clock(clock::get)
                .watchedBy(new BaseTrainingListener() {
                    @Override
                    public void iterationDone(Model model, int iteration, int epoch) {
                        clock.addAndGet(STEP_NANOS);
                    }
                })
                .train();

        List<String> rows = Files.readAllLines(run.metricsFile());
        assertTrue(rows.get(0).endsWith(",dataWait"));
        assertEquals(0, dataWait(rows.get(1)));
        assertEquals(60.0 / (60 + 20), dataWait(rows.get(2)), 1e-3);
    }

    private static double dataWait(String row) {
        return Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
    }
}
