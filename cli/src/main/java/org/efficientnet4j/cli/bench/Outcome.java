package org.efficientnet4j.cli.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.benchmark.BenchmarkResult;

/**
 * How one run of a {@link Contender} ended.
 *
 * @param result what it measured; null where it did not
 * @param skipped why it did not; empty where it did
 */
record Outcome(BenchmarkResult result, String skipped) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Runs a contender to its end; it is killed when this thread is interrupted. */
    static Outcome of(Contender contender) {
        try {
            Path messages = Files.createTempFile("effnet-bench", ".txt");
            try {
                return run(contender, messages);
            } finally {
                Files.deleteIfExists(messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(Contender contender, Path messages) throws IOException {
        Process process;
        try {
            process = contender.process(messages.toFile()).start();
        } catch (IOException cannotStart) {
            return new Outcome(null, cannotStart.getMessage());
        }
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return code == 0
                    ? new Outcome(MAPPER.readValue(printed, BenchmarkResult.class), "")
                    : new Outcome(null, lastLine(messages, code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(null, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastLine(Path messages, int code) throws IOException {
        String text = new String(Files.readAllBytes(messages), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "exit code " + code : text.substring(text.lastIndexOf('\n') + 1);
    }
}
