package org.efficientnet4j.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run directory and two who write it. */
class RunLockTest {
    private final TrainingOptions options =
            TinyTraining.options().set(RunOptions.EPOCHS, 2).build();

    @TempDir
    private Path folder;

    /** Holds the lock until its standard input ends. */
    static final class Holder {
        private Holder() {}

        /** Takes the lock file named by the only argument. */
        public static void main(String[] arguments) throws IOException {
            try (RunLock lock = RunLock.acquire(Path.of(arguments[0]))) {
                lock.requireHeld();
                System.out.println("held");
                System.in.read();
            }
        }
    }

    private static Process hold(Path lock) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertEquals("held", output.readLine());
        return process;
    }

    @Test
    void aSecondProcessIsRefusedWithTheFirstNamedAndTakesOverFromADeadOne() throws Exception {
        TrainingRun run = TrainingRun.create(folder.resolve("run"), options);
        Process other = hold(run.lockFile());
        try {
            Trainer trainer = TinyTraining.trainer(run, TinyTraining.network(0));
            assertRefused(trainer::train, "is being written by process " + other.pid() + " on ");
            assertRefused(
                    () -> TrainingRun.overwrite(run.directory(), options),
                    "is being written by process " + other.pid() + " on ");
            assertTrue(Files.exists(run.configFile()));
        } finally {
            other.destroyForcibly();
            assertTrue(other.waitFor(1, TimeUnit.MINUTES));
        }
        assertTrue(Files.exists(run.lockFile()), "the killed process leaves its file");
        TinyTraining.trainer(run, TinyTraining.network(0)).train();
        assertTrue(Files.exists(run.modelFile()));
        assertFalse(Files.exists(run.lockFile()));
    }

    @Test
    void aSecondTrainerOfTheSameProcessIsRefused() {
        TrainingRun run = TrainingRun.create(folder.resolve("run"), options);
        try (RunLock lock = RunLock.acquire(run.lockFile())) {
            lock.requireHeld();
            assertRefused(
                    TinyTraining.trainer(run, TinyTraining.network(0))::train,
                    "process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aDeletedDirectoryEndsTheRunAndStaysDeleted() {
        TrainingRun run = TrainingRun.create(folder.resolve("run"), options);
        Trainer trainer = TinyTraining.trainer(run, TinyTraining.network(0)).listener(new ProgressListener() {
            @Override
            public void stepDone(StepProgress step) {
                if (step.step() == 3) {
                    delete(run.directory());
                }
            }
        });
        assertRefused(trainer::train, "was deleted or moved while the run was going on");
        assertFalse(Files.exists(run.directory()));
    }

    @Test
    void aDirectoryThatBecameAnotherRunsIsLeftAlone() {
        TrainingRun run = TrainingRun.create(folder.resolve("run"), options);
        Trainer trainer = TinyTraining.trainer(run, TinyTraining.network(0)).listener(new ProgressListener() {
            @Override
            public void stepDone(StepProgress step) {
                if (step.step() == 3) {
                    delete(run.directory());
                    TrainingRun.create(run.directory(), options);
                }
            }
        });
        assertRefused(trainer::train, "is another run's now");
        assertFalse(Files.exists(run.lastCheckpoint()));
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRefused(Runnable action, String reason) {
        String message = assertThrows(InvalidInputException.class, action::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
