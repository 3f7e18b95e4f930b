package org.efficientnet4j.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.BenchmarkResult;
import org.efficientnet4j.benchmark.BenchmarkSettings;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class BenchCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"train", "infer"})
    void measuresWholeSteps(String mode) {
        CommandLineRun run = CommandLineRun.of(
                "bench",
                "efficientnet-b0",
                "--mode",
                mode,
                "--batch",
                "2",
                "--size",
                "32",
                "--steps",
                "3",
                "--warm-up",
                "0",
                "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode report = run.json();
        assertEquals("efficientnet_b0", report.get("model").asText());
        double median = report.get("imagesPerSecond").asDouble();
        assertTrue(median > 0 && median <= report.get("bestImagesPerSecond").asDouble(), run.out());
        assertTrue(report.get("peakResidentMegabytes").isIntegralNumber(), run.out());
        assertFalse(report.get("provider").asText().isEmpty());
        assertFalse(report.has("peers"));
    }

    @Test
    void tellsHowItInfers() {
        String[] few = {"--mode", "infer", "--batch", "1", "--steps", "1", "--warm-up", "0", "--size", "32", "--json"};
        boolean compiles = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                .name()
                .equals("onednn-vector");
        for (String model : List.of("efficientnet_b0", "lenet")) {
            List<String> arguments = new ArrayList<>(List.of("bench", model));
            arguments.addAll(List.of(few));
            CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
            assertEquals(0, run.code(), run.err());
            assertEquals(
                    compiles && model.startsWith("efficientnet") ? "compiled" : "layer by layer",
                    run.json().get("inference").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--batch", "--steps", "--threads", "--rounds"})
    void refusesNumbersBelowOne(String option) {
        CommandLineRun run = CommandLineRun.of("bench", "efficientnet_b0", option, "0");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("must be at least 1, found 0"), run.err());
    }

    @Test
    void tellsWhyAPeerDidNotRunAndGoesOn() {
        Contender missing = new Contender("peer", List.of("/nonexistent/python"), Map.of());
        Contender failing =
                new Contender("peer", List.of("sh", "-c", "echo first >&2; echo no torch >&2; exit 3"), Map.of());
        assertTrue(Outcome.of(missing).skipped().contains("/nonexistent/python"));
        assertEquals("no torch", Outcome.of(failing).skipped());
        Contender broken = new Contender("peer", List.of("sh", "-c", "echo out of memory >&2; exit 134"), Map.of());
        assertEquals("exit code 134: out of memory", Outcome.of(broken).skipped());
        String trace =
                "printf 'Exception\\n\\tat main\\nCaused by: no such class\\n\\tat load\\n\\t... 1 more\\n' >&2; exit 1";
        Contender thrown = new Contender("peer", List.of("sh", "-c", trace), Map.of());
        assertEquals("exit code 1: Caused by: no such class", Outcome.of(thrown).skipped());
        Contender silent = new Contender("peer", List.of("sh", "-c", "exit 3"), Map.of());
        assertEquals("exit code 3", Outcome.of(silent).skipped());
        Contender talking = new Contender("peer", List.of("sh", "-c", "echo hello; echo there"), Map.of());
        assertTrue(Outcome.of(talking).skipped().contains("printed 'there'"));
    }

    @Test
    void givesInferenceTheFlagsThatPredictionHas() {
        List<String> own = List.of("-Xmx1g", "-Xmn64m");
        String inference = "-Xmn8m  -XX:+UseSerialGC";
        assertEquals(
                List.of("-Xmx1g", "-Xmn64m", "-Xmn8m", "-XX:+UseSerialGC"),
                Contender.jvmFlags(BenchmarkMode.INFER, own, inference));
        assertEquals(own, Contender.jvmFlags(BenchmarkMode.TRAIN, own, inference));
        assertEquals(own, Contender.jvmFlags(BenchmarkMode.INFER, own, " "));
    }

    @Test
    void refusesToLeaveOutAPeerWhereThereIsNone() {
        CommandLineRun run = CommandLineRun.of("bench", "efficientnet_b0", "--without-stock");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--without-stock leaves out one of the peers: give --peers with it"), run.err());
    }

    @Test
    void refusesAPeerThatCannotStart() {
        CommandLineRun run = CommandLineRun.of("bench", "efficientnet_b0", "--peer", "no/such/program");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("found no/such/program"), run.err());
    }

    @Test
    void tellsAPeerTheTask(@TempDir Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("mine"), """
                #!/bin/sh
                echo "{\\"imagesPerSecond\\": 1, \\"bestImagesPerSecond\\": 2, \\"provider\\": \\"$*\\"}"
                """);
        assertTrue(program.toFile().setExecutable(true));
        BenchmarkSettings settings = new BenchmarkSettings(
                ModelCatalog.find("efficientnet_b0"),
                BenchmarkMode.INFER,
                4,
                96,
                7,
                0.5,
                3,
                ActivationCheckpointing.OFF,
                false);
        Contender peer = Contender.program(settings, program);
        assertEquals("mine", peer.name());
        assertEquals(
                "efficientnet_b0 infer 4 96 7 0.5 3", Outcome.of(peer).result().provider());
    }

    @Test
    void readsWhatAPeerPrints() {
        String json = "{\"imagesPerSecond\": 2.5, \"bestImagesPerSecond\": 3, \"peakResidentMegabytes\": 7, "
                + "\"provider\": \"p\", \"more\": 1}";
        Outcome outcome = Outcome.of(new Contender("peer", List.of("echo", json), Map.of()));
        assertEquals(new BenchmarkResult(2.5, 3, 7, "p"), outcome.result());
    }

    @Test
    void sumsRoundsUpByTheirMedian() {
        List<BenchmarkResult> rounds = List.of(
                new BenchmarkResult(9, 10, 5, "p"),
                new BenchmarkResult(1, 20, 6, "p"),
                new BenchmarkResult(4, 8, 7, "p"));
        assertEquals(new BenchmarkResult(4, 20, 7, "p"), Comparison.summary(rounds));
    }
}
