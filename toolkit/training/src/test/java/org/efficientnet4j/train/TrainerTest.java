package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.run.BestEpoch;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    Path directory;

    @Test
    void learnsAndWritesARunDirectory() throws IOException {
        TrainingRun run = TrainingRun.create(
                directory, TinyTraining.options().set(RunOptions.EPOCHS, 6).build());
        TrainingResult result =
                TinyTraining.trainer(run, TinyTraining.network(0)).train();

        assertEquals(Outcome.COMPLETED, result.outcome());
        assertEquals(6, result.epochs());
        assertTrue(result.best().orElseThrow().top1() > 0.8, () -> "three classes, but " + result);
        assertEquals(
                List.of(
                        "checkpoints",
                        "config.yaml",
                        "log.txt",
                        "metrics.csv",
                        "metrics.jsonl",
                        "model.zip",
                        "network.json",
                        "tensorboard"),
                names(directory));
        assertEquals(List.of("best.zip", "epoch-0005.zip", "last.zip"), names(directory.resolve("checkpoints")));
        assertEquals(7, Files.readAllLines(run.metricsFile()).size());
    }

    @Test
    void modelFileIsTheBestEpoch() {
        TrainingRun run = TrainingRun.create(directory, TinyTraining.options().build());
        TrainingResult result =
                TinyTraining.trainer(run, TinyTraining.network(0)).train();

        ModelFile model = ModelFile.read(run.modelFile());
        EvaluationResult evaluation = new Evaluator(
                        model.graph(), model.metadata().labels())
                .evaluate(TinyTraining.source(30, 8, 2).epoch(0));
        BestEpoch best = result.best().orElseThrow();
        assertEquals(best.top1(), evaluation.top1());
        assertEquals(best.loss(), evaluation.loss(), 1e-6);
        assertEquals(best.epoch(), model.metadata().provenance().orElseThrow().epoch());
    }

    @Test
    void resumingAtAnEpochGivesTheWeightsOfAnUninterruptedRun() throws IOException {
        TrainingOptions options = TinyTraining.options().build();
        TrainingRun whole = TrainingRun.create(directory.resolve("whole"), options);
        TinyTraining.trainer(whole, TinyTraining.network(0.3)).train();
        TrainingRun halves = TrainingRun.create(directory.resolve("halves"), options);
        assertEquals(Outcome.INTERRUPTED, trainUntilStep(halves, 12).outcome());
        TrainingResult rest = TinyTraining.trainer(TrainingRun.open(halves.directory()), TinyTraining.network(0))
                .train();

        assertEquals(Outcome.COMPLETED, rest.outcome());
        assertSameLastState(whole, halves);
    }

    @Test
    void resumingInsideAnEpochGivesTheWeightsOfAnUninterruptedRun() throws IOException {
        TrainingOptions options = TinyTraining.options().build();
        TrainingRun whole = TrainingRun.create(directory.resolve("whole"), options);
        TinyTraining.trainer(whole, TinyTraining.network(0.3)).train();
        TrainingRun parts = TrainingRun.create(directory.resolve("parts"), options);
        trainUntilStep(parts, 3);
        trainUntilStep(TrainingRun.open(parts.directory()), 16);
        TinyTraining.trainer(TrainingRun.open(parts.directory()), TinyTraining.network(0))
                .train();

        assertSameLastState(whole, parts);
    }

    @Test
    void dropoutDependsOnTheSeed() throws IOException {
        TrainingRun one = TrainingRun.create(
                directory.resolve("one"),
                TinyTraining.options().set(RunOptions.SEED, 1L).build());
        TrainingRun two = TrainingRun.create(
                directory.resolve("two"),
                TinyTraining.options().set(RunOptions.SEED, 2L).build());
        TinyTraining.trainer(one, TinyTraining.network(0.3)).train();
        TinyTraining.trainer(two, TinyTraining.network(0.3)).train();

        assertFalse(NetworkArchive.readGraph(one.lastCheckpoint())
                .params()
                .equals(NetworkArchive.readGraph(two.lastCheckpoint()).params()));
    }

    @Test
    void stopsWhenNoBetterEpochComes() {
        // A vanishing learning rate changes nothing, so that no epoch beats the first.
        TrainingOptions options = TinyTraining.options()
                .set(RunOptions.EPOCHS, 9)
                .set(ValidationOptions.PATIENCE, 2)
                .set(OptimizerOptions.LEARNING_RATE, 1e-30)
                .set(OptimizerOptions.ALGORITHM, Optimizer.SGD)
                .build();
        TrainingRun run = TrainingRun.create(directory, options);
        TrainingResult result =
                TinyTraining.trainer(run, TinyTraining.network(0)).train();

        assertEquals(Outcome.STOPPED_EARLY, result.outcome());
        assertTrue(result.epochs() < 9, () -> "must end early, but " + result);
        assertEquals(result.best().orElseThrow().epoch() + 2, result.epochs());
        assertTrue(Files.exists(run.modelFile()));
    }

    @Test
    void divergenceNamesStepRateAndLastCheckpoint() {
        TrainingOptions options = TinyTraining.options()
                .set(OptimizerOptions.ALGORITHM, Optimizer.SGD)
                .set(OptimizerOptions.LEARNING_RATE, 1e30)
                .set(OptimizerOptions.MOMENTUM, 0.0)
                .set(ScheduleOptions.WARMUP_EPOCHS, 0.0)
                .build();
        TrainingRun run = TrainingRun.create(directory, options);
        TrainingFailedException failure =
                assertThrows(TrainingFailedException.class, () -> TinyTraining.trainer(run, TinyTraining.network(0))
                        .train());

        assertTrue(
                failure.getMessage()
                        .matches("The (loss|weights) became .* at step \\d+ of epoch 1, at a learning rate of .*"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("There is no checkpoint yet"), failure.getMessage());
        assertFalse(Files.exists(run.modelFile()));
    }

    @Test
    void validatesOnlyEveryFewEpochsAndAtTheEnd() throws IOException {
        TrainingRun run = TrainingRun.create(
                directory,
                TinyTraining.options()
                        .set(RunOptions.EPOCHS, 5)
                        .set(ValidationOptions.EVERY, 2)
                        .build());
        TinyTraining.trainer(run, TinyTraining.network(0)).train();

        List<Boolean> validated = Files.readAllLines(run.metricsFile()).stream()
                .skip(1)
                .map(row -> !row.split(",", -1)[4].isEmpty())
                .toList();
        assertEquals(List.of(false, true, false, true, true), validated);
    }

    @Test
    void tellsTheListenerEveryStepAndEpoch() {
        TrainingRun run = TrainingRun.create(
                directory, TinyTraining.options().set(RunOptions.EPOCHS, 2).build());
        List<String> heard = new ArrayList<>();
        TinyTraining.trainer(run, TinyTraining.network(0))
                .listener(new ProgressListener() {
                    @Override
                    public void epochStarted(int epoch, int epochs, int steps) {
                        heard.add("epoch " + epoch + "/" + epochs + " of " + steps);
                    }

                    @Override
                    public void stepDone(StepProgress step) {
                        assertTrue(
                                step.imagesPerSecond() > 0 && !step.remaining().isNegative());
                        heard.add("step " + step.stepInEpoch());
                    }

                    @Override
                    public void validationProgressed(int examples, int total) {
                        heard.add("validated " + examples + "/" + total);
                    }

                    @Override
                    public void epochDone(EpochMetrics metrics, boolean best) {
                        heard.add("done " + metrics.epoch());
                    }

                    @Override
                    public void finished(TrainingResult result) {
                        heard.add("finished");
                    }
                })
                .train();

        List<String> epoch = List.of(
                "step 1",
                "step 2",
                "step 3",
                "step 4",
                "step 5",
                "step 6",
                "validated 8/30",
                "validated 16/30",
                "validated 24/30",
                "validated 30/30");
        List<String> expected = new ArrayList<>(List.of("epoch 1/2 of 6"));
        expected.addAll(epoch);
        expected.addAll(List.of("done 1", "epoch 2/2 of 6"));
        expected.addAll(epoch);
        expected.addAll(List.of("done 2", "finished"));
        assertEquals(expected, heard);
    }

    private static TrainingResult trainUntilStep(TrainingRun run, long step) {
        ComputationGraph network = TinyTraining.network(0.3);
        Trainer trainer = TinyTraining.trainer(run, network);
        return trainer.listener(new ProgressListener() {
                    @Override
                    public void stepDone(StepProgress progress) {
                        if (progress.step() == step) {
                            trainer.requestStop();
                        }
                    }
                })
                .train();
    }

    private static void assertSameLastState(TrainingRun expected, TrainingRun actual) throws IOException {
        ComputationGraph one = NetworkArchive.readGraph(expected.lastCheckpoint());
        ComputationGraph two = NetworkArchive.readGraph(actual.lastCheckpoint());
        assertEquals(one.params(), two.params());
        assertEquals(one.getUpdater().getStateViewArray(), two.getUpdater().getStateViewArray());
        assertEquals(one.getIterationCount(), two.getIterationCount());
        assertEquals(deterministicColumns(expected.metricsFile()), deterministicColumns(actual.metricsFile()));
    }

    /** All but images per second and seconds. */
    private static List<String> deterministicColumns(Path metrics) throws IOException {
        return Files.readAllLines(metrics).stream()
                .map(row -> String.join(",", List.of(row.split(",", -1)).subList(0, 8)))
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
