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
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;
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
                builder -> builder.set(TransferOptions.FREEZE_UNTIL, "stage2"),
                builder -> builder.set(TransferOptions.FREEZE_UNTIL, "stage2")
                        .set(TransferOptions.UNFREEZE_EVERY, 1)
                        .set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.5),
                builder -> builder.set(TransferOptions.FREEZE_UNTIL, "stage1")
                        .set(TransferOptions.UNFREEZE_EVERY, 2)
                        .set(OptimizerOptions.ALGORITHM, Optimizer.RMSPROP),
                builder -> builder.set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.5)
                        .set(OptimizerOptions.ALGORITHM, Optimizer.ADAMW));
    }

    /** Stopped after every step, so that an epoch's end, at which a stage thaws, is among the moments. */
    @ParameterizedTest
    @MethodSource("ways")
    void resumesBitForBitWithTheSameFreezing(UnaryOperator<TrainingOptionsBuilder> way) throws IOException {
        TrainingRun whole = tiny.train(
                "whole",
                way.apply(tiny.options()
                        .set(DataOptions.SOURCE, "shapes:40")
                        .set(RunOptions.EPOCHS, 3)
                        .set(ValidationOptions.AVERAGING_DECAY, 0.99)));
        ImageTraining training = ImageTraining.prepare(way.apply(tiny.options()
                .set(DataOptions.SOURCE, "shapes:40")
                .set(RunOptions.EPOCHS, 3)
                .set(ValidationOptions.AVERAGING_DECAY, 0.99)));
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
        TrainingRun run = tiny.train(
                "run",
                tiny.options().set(TransferOptions.FREEZE_UNTIL, "stage2").set(ValidationOptions.AVERAGING_DECAY, 0.9));
        double recorded = ModelFile.readMetadata(run.modelFile())
                .provenance()
                .orElseThrow()
                .validationLoss();
        ImageTraining again = ImageTraining.prepare(
                tiny.options().set(TransferOptions.FREEZE_UNTIL, "stage2").set(ValidationOptions.AVERAGING_DECAY, 0.9));
        assertEquals(recorded, again.judge(run, 0).result().loss(), 1e-6);
    }

    @Test
    void refusesAFileThatHasChangedSinceItsRunWasWrittenDown() {
        TrainingRun run = tiny.train("run", tiny.options().set(RunOptions.EPOCHS, 1));
        tiny.trained().params().addi(1);
        tiny.writeTrained(3);
        ImageTraining again = ImageTraining.prepare(TrainingOptionsFile.read(run.configFile()));
        InvalidInputException error = assertThrows(InvalidInputException.class, again::requireStart);
        assertTrue(error.getMessage().contains("SHA-256"), error.getMessage());
    }
}
