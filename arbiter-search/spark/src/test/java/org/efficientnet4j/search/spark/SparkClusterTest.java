package org.efficientnet4j.search.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.ClusterProvider;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.StudyRunner;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A standalone master with two workers, started by the script; one worker is killed on the way. */
@Timeout(180)
class SparkClusterTest {
    private static final Path SCRIPT = Path.of("spark-cluster").toAbsolutePath();

    private final CoefficientSpace space = CoefficientSpace.of(
            CoefficientGrid.near(2, 0.1, 0.1), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE);
    private final int size = space.candidates().size();

    @TempDir
    private Path folder;

    private String address;

    /** Leaves a file named after each process that works; sleeps, so that a kill meets it at work. */
    private record Sleeping(String folder) implements Objective, Serializable {
        @Override
        public Optional<TrialOutcome> evaluate(Trial trial, TrialProgress progress) throws Exception {
            Path processes = Files.createDirectories(Path.of(folder, "processes"));
            Files.writeString(
                    processes.resolve(String.valueOf(ProcessHandle.current().pid())), "");
            Thread.sleep(300);
            progress.report(0.5);
            if (trial.number() == 1) {
                throw new IllegalStateException("loss became NaN");
            }
            return Optional.of(TrialOutcome.of(trial.number()));
        }
    }

    private void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = script("start", "2", String.valueOf(port)).strip();
        assertEquals("spark://127.0.0.1:" + port, address);
    }

    @AfterEach
    void stop() throws Exception {
        script("stop");
    }

    private String script(String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("script.out");
        String[] command = Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(out.toFile());
        builder.environment().put("SPARK_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment()
                .put("SPARK_CLUSTER_STATE", folder.resolve("cluster").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertEquals(0, builder.start().waitFor());
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private long process(String name) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("cluster").resolve(name + ".pid"))
                .strip());
    }

    @Test
    void aStudyCompletesWithEveryTrialOnceThoughAWorkerIsKilled() throws Exception {
        start();
        try (Study study = Study.create(folder.resolve("study.db"), "test");
                Cluster cluster = ClusterProvider.open(address)) {
            study.enqueue(space.candidates(), List.of(1L));
            Thread killer = new Thread(() -> killAWorkerAfter(study, 4));
            killer.start();
            new StudyRunner<>(study, space, cluster.remote(new Sleeping(folder.toString())), 2).run(Integer.MAX_VALUE);
            killer.join();

            List<Trial> trials = study.trials();
            assertTrue(size > 8, "trials: " + size);
            for (Trial trial : trials) {
                assertEquals(1, trial.attempts(), "of the study's: Spark's own are not seen here");
                if (trial.number() == 1) {
                    assertEquals(TrialState.FAILED, trial.state());
                    assertTrue(trial.error().orElseThrow().contains("loss became NaN"));
                } else {
                    assertEquals(TrialState.COMPLETE, trial.state());
                    assertEquals(trial.number(), trial.score().orElseThrow());
                    assertEquals(List.of(0.5), trial.curve());
                }
            }
            assertTrue(workers().size() >= 2, "executors that worked: " + workers());
            assertTrue(
                    !workers().contains(String.valueOf(ProcessHandle.current().pid())), "none in the driver");
        }
    }

    private Set<String> workers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("processes"))) {
            return new HashSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** SIGKILL to a worker and the executor it started, as when a machine dies. */
    private void killAWorkerAfter(Study study, int ended) {
        try {
            while (study.trials().stream()
                            .filter(trial -> trial.state().ended())
                            .count()
                    < ended) {
                Thread.sleep(50);
            }
            ProcessHandle worker = ProcessHandle.of(process("worker1")).orElseThrow();
            List<ProcessHandle> executors = worker.descendants().toList();
            worker.destroyForcibly();
            executors.forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void executorsOfAnotherJavaAreRefused() {
        int own = Runtime.version().feature();
        ExecutorJava.requireSame(List.of(own, own));
        String message = assertThrows(
                        InvalidInputException.class, () -> ExecutorJava.requireSame(List.of(own, own + 1)))
                .getMessage();
        assertTrue(message.contains("driver's Java " + own + ", found Java " + (own + 1)), message);
        TrialTask task = new TrialTask(
                new Sleeping(folder.toString()), 0, space.candidates().get(0), List.of(1L), TrialRole.SEARCH, own + 1);
        assertTrue(task.run().error().contains("driver's Java"));
    }

    @Test
    void addressesOfNoClusterAreRefused() {
        assertThrows(InvalidInputException.class, () -> ClusterProvider.open("yarn"));
        assertThrows(InvalidInputException.class, () -> ClusterProvider.open("local-cluster[2]"));
    }
}
