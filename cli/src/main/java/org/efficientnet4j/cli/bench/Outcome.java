package org.efficientnet4j.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.benchmark.BenchmarkResult;
import org.efficientnet4j.benchmark.PeerProgram;

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
            return code == 0 ? result(printed) : new Outcome(null, failure(messages, code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(null, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Outcome result(String printed) {
        try {
            return new Outcome(MAPPER.readValue(printed, BenchmarkResult.class), "");
        } catch (JsonProcessingException notJson) {
            return new Outcome(null, "it must print its result as JSON, and printed '" + lastLine(printed) + "'");
        }
    }

    /** The reason that a program gives, and its exit code where it did not mean to skip the task. */
    private static String failure(Path messages, int code) throws IOException {
        String reason = lastLine(new String(Files.readAllBytes(messages), StandardCharsets.UTF_8));
        if (code == PeerProgram.SKIPPED && !reason.isEmpty()) {
            return reason;
        }
        return "exit code " + code + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** The last line that is not the inside of a stack trace. */
    private static String lastLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                .reduce("", (earlier, later) -> later);
    }
}
