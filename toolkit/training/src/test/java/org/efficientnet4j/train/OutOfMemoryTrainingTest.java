package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.phase.EpochSource;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory that ends in the third of four epochs, in a step and where batches are read. */
class OutOfMemoryTrainingTest {
    @TempDir
    private Path folder;

    private INDArray whole;
    private TrainingRun run;

    @BeforeEach
    void trainWhole() throws IOException {
        TrainingRun undisturbed = TrainingRun.create(
                folder.resolve("whole"), TinyTraining.options().build());
        TinyTraining.trainer(undisturbed, TinyTraining.network(0)).train();
        whole = NetworkArchive.readGraph(undisturbed.lastCheckpoint()).params();
        run = TrainingRun.create(folder.resolve("run"), TinyTraining.options().build());
    }

    /** The weights of the last whole epoch stay, the run's lock is let go, and the run ends as one that never stopped. */
    private void assertResumes() throws IOException {
        NetworkArchive.verify(run.lastCheckpoint());
        TinyTraining.trainer(TrainingRun.open(run.directory()), TinyTraining.network(0))
                .train();
        assertEquals(whole, NetworkArchive.readGraph(run.lastCheckpoint()).params());
    }

    @Test
    void inAStepLosesNoWholeEpoch() throws IOException {
        int[] steps = new int[1];
        Trainer trainer = TinyTraining.trainer(run, TinyTraining.network(0)).watchedBy(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                if (++steps[0] == 15) {
                    throw new OutOfMemoryError("Java heap space");
                }
            }
        });
        assertThrows(OutOfMemoryError.class, trainer::train);
        assertResumes();
    }

    @Test
    void whereBatchesAreReadLosesNoWholeEpoch() throws IOException {
        EpochSource hungry = new WatchedSource(TinyTraining.source(48, 8, 1), (epoch, batch) -> {
            if (epoch == 2 && batch == 2) {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        Trainer trainer = new Trainer(
                run,
                TinyTraining.network(0),
                List.of(new TrainingPhase(4, hungry, TinyTraining.source(30, 8, 2))),
                TinyTraining.metadata(),
                "bright channels",
                "random weights");
        assertThrows(OutOfMemoryError.class, trainer::train);
        assertResumes();
    }
}
