package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.model.NetworkArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Resumes a run of the default options whose last checkpoint was cut short. */
class DamagedRunCommandTest {
    @TempDir
    private Path folder;

    private Path run;
    private Path last;

    @BeforeEach
    void train() throws IOException {
        run = folder.resolve("run");
        CommandLineRun trained = CommandLineRun.of(
                "train",
                TinyArchitecture.write(folder).toString(),
                "--data",
                "shapes:60",
                "--size",
                "32",
                "--epochs",
                "2",
                "--batch",
                "16",
                "--workers",
                "1",
                "--out",
                run.toString());
        assertEquals(0, trained.code(), trained.err());
        last = run.resolve("checkpoints").resolve("last.zip");
    }

    private static void cut(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    private CommandLineRun resume() {
        return CommandLineRun.of("train", "--resume", "--out", run.toString());
    }

    @Test
    void goesOnFromTheOneBeforeToTheSameWeights() throws IOException {
        INDArray before = NetworkArchive.readGraph(last).params();
        cut(last);
        CommandLineRun resumed = resume();
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("epoch-0001.zip instead, after epoch 1"), resumed.err());
        assertEquals(before, NetworkArchive.readGraph(last).params());
    }

    /** Linux answers reads of a process's memory at address 0 with EIO. */
    private static void failToRead(Path file) throws IOException {
        Path broken = Path.of("/proc/self/mem");
        assumeTrue(Files.isReadable(broken), "only Linux has " + broken);
        Files.delete(file);
        Files.createSymbolicLink(file, broken);
    }

    @Test
    void goesOnFromTheOneBeforeWhereTheDiskDoesNotReadTheLast() throws IOException {
        INDArray before = NetworkArchive.readGraph(last).params();
        failToRead(last);
        CommandLineRun resumed = resume();
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("epoch-0001.zip instead, after epoch 1"), resumed.err());
        assertTrue(resumed.err().contains("last.zip: Input/output error"), resumed.err());
        assertEquals(before, NetworkArchive.readGraph(last).params());
    }

    @Test
    void tellsOfBothWhereTheDiskReadsNeither() throws IOException {
        failToRead(last);
        failToRead(last.resolveSibling("epoch-0001.zip"));
        CommandLineRun resumed = resume();
        assertEquals(ExitCode.BAD_INPUT, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("No whole checkpoint to go on from"), resumed.err());
        assertTrue(resumed.err().contains("last.zip") && resumed.err().contains("Input/output error"), resumed.err());
        assertTrue(resumed.err().contains("--init"), resumed.err());
    }

    @Test
    void tellsOfBothWhereBothAreDamaged() throws IOException {
        cut(last);
        cut(last.resolveSibling("epoch-0001.zip"));
        CommandLineRun resumed = resume();
        assertEquals(ExitCode.BAD_INPUT, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("No whole checkpoint to go on from"), resumed.err());
        assertTrue(resumed.err().contains("--init"), resumed.err());
    }
}
