package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;

class ErrorReporterTest {
    private final StringWriter err = new StringWriter();
    private final ErrorReporter reporter = new ErrorReporter(new PrintWriter(err, true), false);

    @Test
    void printsAnInvalidInputsMessageAlone() {
        assertEquals(
                ExitCode.BAD_INPUT,
                reporter.report(new InvalidInputException("--batch must be at least 1, found 0"), Set.of()));
        assertEquals("--batch must be at least 1, found 0" + System.lineSeparator(), err.toString());
    }

    @Test
    void findsAnInvalidInputThatAWorkerWrapped() {
        Throwable wrapped = new IllegalStateException("worker failed", new InvalidInputException("no such folder: x"));
        assertEquals(ExitCode.BAD_INPUT, reporter.report(wrapped, Set.of()));
        assertEquals("no such folder: x" + System.lineSeparator(), err.toString());
    }

    @Test
    void namesTheHeapWhereItIsExhausted() {
        Set<String> training = Set.of("--batch", "--size", "--workers", "--checkpoint-activations", "--resume");
        assertEquals(ExitCode.FAILURE, reporter.report(new OutOfMemoryError("Java heap space"), training));
        assertTrue(err.toString().contains("-Xmx"), err.toString());
        assertTrue(err.toString().contains("--batch"), err.toString());
        assertTrue(err.toString().contains("--checkpoint-activations"), err.toString());
        assertTrue(err.toString().contains("--resume"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void advisesOptionsThatTheCommandHas() {
        reporter.report(new OutOfMemoryError("Java heap space"), Set.of("--batch", "--out"));
        assertEquals(
                "Out of memory in the Java heap (Java heap space): use a smaller --batch, or allow more, e.g."
                        + " EFFNET_JAVA_OPTS=\"-Xmx8g\"; 'effnet doctor' shows the limits.",
                err.toString().strip());
    }

    @Test
    void namesTheOffHeapLimitWhereATensorDoesNotFit() {
        OutOfMemoryError javacpp =
                new OutOfMemoryError("Physical memory usage is too high: physicalBytes (9G) > maxPhysicalBytes (8G)");
        assertEquals(ExitCode.FAILURE, reporter.report(new RuntimeException(javacpp), Set.of()));
        assertTrue(err.toString().contains("outside the Java heap"), err.toString());
        assertTrue(err.toString().contains("javacpp.maxbytes"), err.toString());
    }

    @Test
    void saysThatTheDiskIsFull() {
        Path full = Path.of("/dev/full"); // Linux: every write fails as on a full disk
        assumeTrue(Files.exists(full), "/dev/full is a Linux device");
        UncheckedIOException thrown = null;
        try {
            Files.writeString(full, "checkpoint");
        } catch (IOException e) {
            thrown = new UncheckedIOException(e);
        }
        assertEquals(ExitCode.BAD_INPUT, reporter.report(thrown, Set.of()));
        assertTrue(err.toString().startsWith("The disk is full: No space left on device"), err.toString());
    }

    @Test
    void namesAFileThatMayNotBeWritten() {
        assertEquals(ExitCode.BAD_INPUT, reporter.report(new AccessDeniedException("/root/run"), Set.of()));
        assertTrue(err.toString().contains("/root/run"), err.toString());
    }

    @Test
    void survivesACycleOfCauses() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));
        assertEquals(ExitCode.FAILURE, reporter.report(first, Set.of()));
        assertFalse(err.toString().isEmpty());
    }

    @Test
    void tellsALostResultFromASuccess() {
        PrintWriter broken = new PrintWriter(new StringWriter()) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        assertEquals(ExitCode.FAILURE, Effnet.run(broken, new PrintWriter(err), "models"));
        assertTrue(err.toString().contains("standard output"), err.toString());
    }
}
