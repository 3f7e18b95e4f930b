package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Kills a training's JVM (SIGKILL, where there are signals) at random moments and has it go on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledTrainingTest {
    private static final int KILLS = 3;
    /** 64 of 80 pictures, 8 a batch, 3 batches a step, the last of fewer: 3 steps in each of 6 epochs. */
    private static final int STEPS = 18;
    /** Longer than a step with what follows it at an epoch's end, so that writing a checkpoint is hit too. */
    private static final int LONGEST_DELAY_MILLIS = 120;

    @TempDir
    Path directory;

    @Test
    void goesOnToTheWeightsOfARunThatWasNeverStopped() throws IOException, InterruptedException {
        Path whole = directory.resolve("whole");
        assertEquals(0, new Child(whole).waitForEnd());

        Path killed = directory.resolve("killed");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String moments = "kills drawn from seed " + seed;
        for (int kill = 0; kill < KILLS; kill++) {
            // Somewhere in the first, second and third part of the run.
            int step = 1 + kill * STEPS / KILLS + random.nextInt(STEPS / KILLS - 1);
            int delay = random.nextInt(LONGEST_DELAY_MILLIS);
            moments += "; after step " + step + " and " + delay + " ms";
            new Child(killed).killAfter(step, delay);
        }
        assertEquals(0, new Child(killed).waitForEnd(), moments);

        assertSame(whole, killed, moments);
        assertTrue(
                Files.readString(killed.resolve("log.txt")).contains("Resumed at epoch"),
                "a checkpoint must have been gone on from; " + moments);
    }

    private static void assertSame(Path expected, Path actual, String moments) throws IOException {
        Path last = Path.of("checkpoints", "last.zip");
        assertEquals(
                NetworkArchive.readGraph(expected.resolve(last)).params(),
                NetworkArchive.readGraph(actual.resolve(last)).params(),
                () -> "weights; " + moments);
        assertEquals(optimiser(expected.resolve(last)), optimiser(actual.resolve(last)), () -> "optimiser; " + moments);
        String average = "efficientnet4j-average.bin";
        INDArray averaged =
                NetworkArchive.readArray(expected.resolve(last), average).orElseThrow();
        assertEquals(
                averaged,
                NetworkArchive.readArray(actual.resolve(last), average).orElseThrow(),
                () -> "average; " + moments);
        assertEquals(
                ModelFile.read(expected.resolve("model.zip")).graph().params(),
                ModelFile.read(actual.resolve("model.zip")).graph().params(),
                () -> "result; " + moments);
        assertEquals(figures(expected), figures(actual), () -> "metrics; " + moments);
    }

    private static INDArray optimiser(Path checkpoint) throws IOException {
        return NetworkArchive.readGraph(checkpoint).getUpdater().getStateViewArray();
    }

    /** All of metrics.csv but the columns of time. */
    private static List<String> figures(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
                    cells.remove(cells.size() - 1);
                    cells.subList(8, 10).clear();
                    return String.join(",", cells);
                })
                .toList();
    }

    /** A JVM like this one. */
    private static final class Child {
        private final Process process;
        private final BufferedReader output;

        Child(Path run) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                    .forEach(command::add);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    ChildTraining.class.getName(),
                    run.toString()));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(new File(run + ".err")))
                    .start();
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        void killAfter(int step, int delayMillis) throws IOException, InterruptedException {
            String line = output.readLine();
            while (line != null && !(line.startsWith("step ") && Integer.parseInt(line.substring(5)) >= step)) {
                line = output.readLine();
            }
            Thread.sleep(delayMillis);
            process.destroyForcibly();
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), "a killed process must end");
        }

        int waitForEnd() throws IOException, InterruptedException {
            while (output.readLine() != null) {
                // The steps are of no interest, but must be read.
            }
            return process.waitFor();
        }
    }
}
