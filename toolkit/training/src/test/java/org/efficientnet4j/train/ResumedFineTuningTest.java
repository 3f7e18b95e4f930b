package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fine-tuning that is stopped and goes on, and its file. */
class ResumedFineTuningTest {
    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void writeTrainedModel() throws IOException {
        tiny = new TinyFineTuning(folder);
    }

    static List<UnaryOperator<TrainingOptionsBuilder>> ways() {
        return List.of(
                builder -> builder.freezeUntil("stage2"),
                builder -> builder.freezeUntil("stage2").unfreezeEvery(1).layerLearningRateDecay(0.5),
                builder -> builder.freezeUntil("stage1").unfreezeEvery(2).optimizer(Optimizer.RMSPROP),
                builder -> builder.layerLearningRateDecay(0.5).optimizer(Optimizer.ADAMW));
    }

    /** Stopped after every step, so that an epoch's end, at which a stage thaws, is among the moments. */
    @ParameterizedTest
    @MethodSource("ways")
    void resumesBitForBitWithTheSameFreezing(UnaryOperator<TrainingOptionsBuilder> way) throws IOException {
        TrainingRun whole = tiny.train(
                "whole", way.apply(tiny.options().source("shapes:40").epochs(3).averagingDecay(0.99)));
        ImageTraining training = ImageTraining.prepare(
                way.apply(tiny.options().source("shapes:40").epochs(3).averagingDecay(0.99)));
        TrainingRun stopped = TrainingRun.create(folder.resolve("stopped"), training.options());
        boolean ended = false;
        while (!ended) {
            Trainer trainer = training.trainer(stopped);
            trainer.listener(new ProgressListener() {
                @Override
                public void stepDone(StepProgress step) {
                    trainer.requestStop();
                }
            });
            ended = trainer.train().outcome() != TrainingResult.Outcome.INTERRUPTED;
            Files.deleteIfExists(tiny.init()); // a resumed run goes by its checkpoint
            training = ImageTraining.prepare(TrainingOptionsFile.read(stopped.configFile()));
        }
        assertEquals(
                NetworkArchive.readGraph(whole.lastCheckpoint()).params(),
                NetworkArchive.readGraph(stopped.lastCheckpoint()).params());
        for (String entry : List.of("efficientnet4j-average.bin", "efficientnet4j-optimizer.bin")) {
            assertEquals(
                    NetworkArchive.readArray(whole.lastCheckpoint(), entry).orElseThrow(),
                    NetworkArchive.readArray(stopped.lastCheckpoint(), entry).orElseThrow(),
                    entry);
        }
        assertEquals(
                ModelFile.read(whole.modelFile()).graph().params(),
                ModelFile.read(stopped.modelFile()).graph().params());
    }

    @Test
    void theModelFileAnswersWithTheWeightsItWasJudgedBy() {
        TrainingRun run = tiny.train("run", tiny.options().freezeUntil("stage2").averagingDecay(0.9));
        double recorded = ModelFile.readMetadata(run.modelFile())
                .provenance()
                .orElseThrow()
                .validationLoss();
        ImageTraining again =
                ImageTraining.prepare(tiny.options().freezeUntil("stage2").averagingDecay(0.9));
        assertEquals(recorded, again.judge(run, 0).result().loss(), 1e-6);
    }

    @Test
    void refusesAFileThatHasChangedSinceItsRunWasWrittenDown() {
        TrainingRun run = tiny.train("run", tiny.options().epochs(1));
        tiny.trained().params().addi(1);
        tiny.writeTrained(3);
        ImageTraining again = ImageTraining.prepare(TrainingOptionsFile.read(run.configFile()));
        InvalidInputException error = assertThrows(InvalidInputException.class, again::requireStart);
        assertTrue(error.getMessage().contains("SHA-256"), error.getMessage());
    }
}
