package org.efficientnet4j.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.TinyFineTuning;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More epochs on a run that has ended. */
class RunExtensionTest {
    @TempDir
    private Path folder;

    private TrainingRun train(TrainingRun run) {
        TinyTraining.trainer(run, TinyTraining.network(0)).train();
        return run;
    }

    private TrainingRun ended(UnaryOperator<TrainingOptionsBuilder> change, int epochs) {
        return train(TrainingRun.create(
                folder.resolve("run"),
                change.apply(TinyTraining.options().set(RunOptions.EPOCHS, epochs))
                        .build()));
    }

    private TrainingRun extended(TrainingRun run, int epochs, ScheduleChange change) {
        RunExtension extension = new RunExtension(epochs, change);
        return train(TrainingRun.resume(run.directory(), extension.of(run), extension));
    }

    static List<UnaryOperator<TrainingOptionsBuilder>> optimizers() {
        return List.of(
                builder -> builder,
                builder -> builder.set(OptimizerOptions.ALGORITHM, Optimizer.RMSPROP),
                builder -> builder.set(OptimizerOptions.ALGORITHM, Optimizer.SGD));
    }

    /** A constant rate does not depend on the run's length, so that the longer run must come out the same. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void anExtendedRunEqualsOneThatWasAsLongFromTheStart(UnaryOperator<TrainingOptionsBuilder> optimizer)
            throws IOException {
        UnaryOperator<TrainingOptionsBuilder> constant = builder -> optimizer
                .apply(builder)
                .set(ScheduleOptions.SHAPE, org.efficientnet4j.train.options.LearningRateShape.CONSTANT)
                .set(ScheduleOptions.WARMUP_EPOCHS, 0.0);
        TrainingRun run = extended(ended(constant, 2), 4, ScheduleChange.EXTEND);
        TrainingRun whole = train(TrainingRun.create(
                folder.resolve("whole"),
                constant.apply(TinyTraining.options().set(RunOptions.EPOCHS, 4)).build()));
        assertEquals(
                TinyFineTuning.parameters(whole.lastCheckpoint()), TinyFineTuning.parameters(run.lastCheckpoint()));
        assertEquals(4, TrainingRun.open(run.directory()).options().get(RunOptions.EPOCHS));
    }

    @Test
    void anExtendedScheduleFallsOverAllEpochs() throws IOException {
        TrainingRun run = extended(ended(builder -> builder, 2), 4, ScheduleChange.EXTEND);
        List<Double> rates = rates(run);
        assertEquals(0.0, rates.get(1), 2e-3);
        assertEquals(0.05 * 0.5, rates.get(2), 0.02);
        assertEquals(0.0, rates.get(3), 1e-3);
        assertTrue(rates.get(2) > 5 * rates.get(1), rates.toString());
    }

    @Test
    void aRestartedScheduleBeginsAtItsPeakAgain() throws IOException {
        TrainingRun run = extended(
                ended(builder -> builder.set(ScheduleOptions.WARMUP_EPOCHS, 0.0), 2), 5, ScheduleChange.RESTART);
        List<Double> rates = rates(run);
        assertTrue(rates.get(2) > 0.03, "a third of the new cosine is done: " + rates);
        assertTrue(rates.get(4) < rates.get(3) && rates.get(3) < rates.get(2), rates.toString());
        assertEquals(2, TrainingRun.open(run.directory()).options().get(ScheduleOptions.RESTART_EPOCH));
    }

    private static List<Double> rates(TrainingRun run) throws IOException {
        List<String> lines = java.nio.file.Files.readAllLines(run.metricsFile());
        int column = List.of(lines.get(0).split(",", -1)).indexOf("learningRate");
        return lines.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",", -1)[column]))
                .toList();
    }

    @Test
    void newEpochsComeToTheLastPhase() {
        TrainingOptions options = TrainingOptions.builder()
                .set(RunOptions.MODEL, "efficientnet_v2_s")
                .set(org.efficientnet4j.train.options.DataOptions.SOURCE, "shapes")
                .set(org.efficientnet4j.train.options.DataOptions.CLASSES, 10)
                .set(ProgressiveOptions.MODE, ProgressiveMode.PAPER)
                .set(RunOptions.EPOCHS, 8)
                .build();
        TrainingRun run = TrainingRun.create(folder.resolve("growing"), options);
        TrainingOptions longer = new RunExtension(11, ScheduleChange.EXTEND).of(run);
        assertEquals(
                List.of(2, 2, 2, 5),
                longer.phases().phases().stream().map(ProgressivePhase::epochs).toList());
        assertEquals(
                options.phases().phases().subList(0, 3),
                longer.phases().phases().subList(0, 3));
    }

    @Test
    void fewerEpochsAndAnEarlyRestartAreRefused() {
        TrainingRun run = ended(builder -> builder, 2);
        assertRefused(() -> new RunExtension(1, ScheduleChange.EXTEND).of(run), "with more epochs than it was started");
        TrainingRun fresh = TrainingRun.create(
                folder.resolve("fresh"), TinyTraining.options().build());
        assertRefused(() -> new RunExtension(9, ScheduleChange.RESTART).of(fresh), "found 0 done");
    }

    @Test
    void nothingElseMayChange() {
        TrainingRun run = ended(builder -> builder, 2);
        RunExtension extension = new RunExtension(4, ScheduleChange.EXTEND);
        TrainingOptions other = extension.of(run).toBuilder()
                .set(OptimizerOptions.MOMENTUM, 0.5)
                .set(TransferOptions.SHA256, "1234")
                .build();
        assertRefused(() -> TrainingRun.resume(run.directory(), other, extension), "optimizer.momentum (0.9, now 0.5)");
        assertEquals(2, TrainingRun.open(run.directory()).options().get(RunOptions.EPOCHS));
    }

    private static void assertRefused(Runnable action, String reason) {
        String message = assertThrows(InvalidInputException.class, action::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
