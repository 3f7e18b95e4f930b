package org.efficientnet4j.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.options.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    private final TrainingOptions options = TinyTraining.options().build();

    @TempDir
    Path directory;

    @Test
    void optionsAreReadBackFromTheDirectory() {
        TrainingRun.create(directory.resolve("a/b"), options);
        assertEquals(options, TrainingRun.open(directory.resolve("a/b")).options());
    }

    @Test
    void aDirectoryInUseIsRefused() {
        TrainingRun.create(directory, options);
        assertRefused(() -> TrainingRun.create(directory, options), "is not empty (it has checkpoints)");
    }

    @Test
    void aFileInTheWayIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertRefused(() -> TrainingRun.create(file, options), "is a file, not a directory");
        assertRefused(() -> TrainingRun.create(file.resolve("below"), options), "Cannot write");
    }

    @Test
    void overwritingReplacesARun() throws IOException {
        TrainingRun old = TrainingRun.create(directory, options);
        Files.writeString(old.lastCheckpoint(), "old");
        TrainingRun fresh = TrainingRun.overwrite(directory, options);
        assertFalse(Files.exists(fresh.lastCheckpoint()));
        assertTrue(Files.exists(fresh.configFile()));
    }

    @Test
    void overwritingSparesEverythingElse() throws IOException {
        Path config = Files.writeString(directory.resolve("config.yaml"), "somebody: else\n");
        assertRefused(() -> TrainingRun.overwrite(directory, options), "no config.yaml of a run in it");
        Files.delete(config);
        TrainingRun.create(directory, options);
        Path foreign = Files.writeString(directory.resolve("thesis.tex"), "mine");
        assertRefused(() -> TrainingRun.overwrite(directory, options), "it has thesis.tex");
        assertTrue(Files.exists(foreign) && Files.exists(config));
    }

    @Test
    void resumingNothingIsRefused() {
        assertRefused(() -> TrainingRun.open(directory.resolve("none")), "There is no run to resume in");
    }

    private static void assertRefused(Runnable action, String reason) {
        String message = assertThrows(InvalidInputException.class, action::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
