package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.junit.jupiter.api.Test;

class TrainingOptionTest {
    @Test
    void pathsAndFlagsAreUnique() {
        List<String> paths =
                TrainingOption.all().stream().map(TrainingOption::path).toList();
        assertEquals(paths.size(), paths.stream().distinct().count(), paths.toString());
        List<String> flags = TrainingOption.all().stream()
                .flatMap(option -> option.flags().stream())
                .toList();
        assertEquals(flags.size(), flags.stream().distinct().count(), flags.toString());
    }

    @Test
    void everyEntryExplainsItself() {
        for (TrainingOption<?> option : TrainingOption.all()) {
            assertTrue(option.help().endsWith("."), option.path());
            assertFalse(option.defaultText().isBlank(), option.path());
        }
    }

    @Test
    void mistakesAreToldTogether() {
        String message = assertThrows(InvalidInputException.class, () -> TinyTraining.options()
                        .set(DataOptions.BATCH, 0)
                        .set(OptimizerOptions.MOMENTUM, 1.0)
                        .set(ScheduleOptions.WARMUP_EPOCHS, 9.0)
                        .build())
                .getMessage();
        assertEquals("""
                Found 3 mistakes:
                  data.batch must be at least 1, found 0
                  optimizer.momentum must lie in [0, 1), found 1.0
                  schedule.warmupEpochs must not exceed epochs, found 9.0 of 4: train longer or shorten the warm-up""", message);
    }

    @Test
    void mistakesInAFileAreToldTogether() {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> TrainingOptionsFile.parse("epoch: 3\ndata: {batch: x, sise: 4}\noptimizer: 5\n"))
                .getMessage();
        assertEquals("""
                Found 4 mistakes:
                  Unknown key 'epoch'; the nearest known one is 'epochs'
                  data.batch must be a whole number, found "x"
                  Unknown key 'data.sise'; the nearest known one is 'data.size'
                  optimizer must hold keys with values, found 5""", message);
    }

    @Test
    void anOptionIsNamedAsItWasTyped() {
        TrainingOptionsBuilder builder = TrainingOptionsFile.parse("data: {batch: 0}\noptimizer: {accumulate: 0}")
                .namedByFlags()
                .set(DataOptions.BATCH, "--batch", "-1")
                .set(ProgressiveOptions.MODE, ProgressiveMode.PAPER)
                .set(ProgressiveOptions.PHASES, "--stages", "9")
                .set(RunOptions.EPOCHS, "--epochs", "3");
        String message =
                assertThrows(InvalidInputException.class, builder::build).getMessage();
        assertTrue(message.contains("--batch must be at least 1, found -1"), message);
        assertTrue(message.contains("optimizer.accumulate must be at least 1, found 0"), message);
        assertTrue(message.contains("--stages must not exceed --epochs, found 9 of 3"), message);
        assertTrue(message.contains("--data is missing"), message);
        assertTrue(message.contains("MODEL is missing"), message);
    }

    @Test
    void aTextOfTheWrongTypeIsRefusedByTheFlagsName() {
        TrainingOptionsBuilder builder = TrainingOptions.builder();
        assertEquals(
                "--epochs must be a whole number, found '2.5'",
                assertThrows(InvalidInputException.class, () -> builder.set(RunOptions.EPOCHS, "--epochs", "2.5"))
                        .getMessage());
        assertEquals(
                "--optimizer must be one of adam, adamw, sgd, rmsprop, found 'adagrad'",
                assertThrows(
                                InvalidInputException.class,
                                () -> builder.set(OptimizerOptions.ALGORITHM, "--optimizer", "adagrad"))
                        .getMessage());
    }

    /** Written with a rate, read without it, a resumed run would learn at another one. */
    @Test
    void aLayerDecayOfARunFromScratchIsWrittenDown() {
        TrainingOptions options = TinyTraining.options()
                .set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.5)
                .build();
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
        assertTrue(TransferOptions.isStaged(options));
    }

    @Test
    void optionsBecomeABuilderAndBack() {
        TrainingOptions options = TinyTraining.options().build();
        assertEquals(options, options.toBuilder().build());
    }

    @Test
    void anotherFileOfTrainedWeightsVoidsTheFirstOnesChecksum() {
        TrainingOptionsBuilder builder = TrainingOptionsFile.parse("transfer: {sha256: abc, init: one.zip}");
        assertEquals("abc", builder.require(TransferOptions.SHA256));
        builder.set(TransferOptions.INIT, "two.zip");
        assertFalse(builder.isSet(TransferOptions.SHA256));
    }
}
