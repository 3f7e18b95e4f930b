package org.efficientnet4j.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The frame of a program that measures another library: its command line is a network's file in the library's own format
 * and a {@link PeerTask}; it prints a {@link BenchmarkResult} as JSON.
 */
public final class PeerProgram {
    /** The exit code of a program that cannot do what is asked; its last line on standard error says why. */
    public static final int SKIPPED = 3;

    private PeerProgram() {}

    /** Another library. */
    @FunctionalInterface
    public interface Peer {
        /**
         * Loads the network.
         *
         * @return what is measured
         * @throws InvalidInputException where this library cannot do the task
         */
        Step prepare(Path network, PeerTask task);
    }

    /**
     * The measured computation.
     *
     * @param library its name and version
     * @param run one step
     */
    public record Step(String library, Runnable run) {}

    /** Measures; returns the process's exit code. */
    public static int run(String[] arguments, PrintStream out, PrintStream err, Peer peer) {
        try {
            List<String> words = Arrays.asList(arguments);
            if (words.isEmpty()) {
                throw new InvalidInputException("Name the network's file first");
            }
            PeerTask task = PeerTask.parse(words.subList(1, words.size()));
            Step step = peer.prepare(Path.of(words.get(0)), task);
            double[] seconds = StepTimer.seconds(step.run(), task.warmUpSeconds(), task.steps());
            out.println(new ObjectMapper()
                    .writeValueAsString(
                            BenchmarkResult.of(task.batch(), seconds, ProcessMemory.peakMegabytes(), step.library())));
            return 0;
        } catch (InvalidInputException refused) {
            err.println(refused.getMessage());
            return SKIPPED;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
