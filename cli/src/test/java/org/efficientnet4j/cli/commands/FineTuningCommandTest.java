package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.model.ModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fine-tunes a network of two blocks from a model file and from safetensors, by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FineTuningCommandTest {
    private Path folder;
    private String tiny;
    private Path trained;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        tiny = TinyArchitecture.write(folder).toString();
        CommandLineRun run = train("first", List.of());
        assertEquals(0, run.code(), run.err());
        trained = folder.resolve("first").resolve("model.zip");
    }

    private CommandLineRun train(String out, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("train", tiny, "--data", "shapes:60", "--size", "32"));
        arguments.addAll(List.of("--epochs", "1", "--batch", "16", "--workers", "1"));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        arguments.addAll(more);
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void tellsWhatItStartsFromAndWhatLearns() throws IOException {
        CommandLineRun run = train("frozen", List.of("--init", trained.toString(), "--freeze-until", "head"));
        assertEquals(0, run.code(), run.err());
        // 32 features to 10 classes, with biases.
        assertTrue(run.err().contains("Starts from trained weights of " + trained), run.err());
        assertTrue(run.err().contains("frozen until head, 330 of "), run.err());
        Path result = folder.resolve("frozen").resolve("model.zip");
        assertTrue(ModelFile.readMetadata(result)
                .provenance()
                .orElseThrow()
                .start()
                .contains("frozen until head"));
        assertEquals(
                ModelFile.read(trained).graph().getParam("head_W"),
                ModelFile.read(result).graph().getParam("head_W"));
        assertTrue(Files.readString(folder.resolve("frozen").resolve("config.yaml"))
                .contains("freezeUntil: head"));
    }

    @Test
    void startsFromSafetensorsWhoseLibraryItRecognises() {
        String weights = folder.resolve("tiny.safetensors").toString();
        CommandLineRun export = CommandLineRun.of("export", trained.toString(), "--safetensors", weights);
        assertEquals(0, export.code(), export.err());
        CommandLineRun run = train(
                "imported",
                List.of(
                        "--init",
                        weights,
                        "--freeze-until",
                        "stage1",
                        "--unfreeze-every",
                        "1",
                        "--layer-lr-decay",
                        "0.5"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains(weights + ", timm, SHA-256 "), run.err());
    }

    @Test
    void tellsWhatItIgnoredInACheckpoint() throws IOException {
        Path weights = folder.resolve("averaged.safetensors");
        CommandLineRun export = CommandLineRun.of("export", trained.toString(), "--safetensors", weights.toString());
        assertEquals(0, export.code(), export.err());
        addCounter(weights, "n_averaged");
        CommandLineRun run = train("averaged", List.of("--init", weights.toString()));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("Ignored n_averaged, which are no weights."), run.err());
        CommandLineRun plan = train("none", List.of("--init", weights.toString(), "--dry-run"));
        assertTrue(plan.out().contains("Ignored n_averaged, which are no weights."), plan.out());
    }

    /** Adds an integer to a safetensors file, whose header of JSON stands behind its length. */
    private static void addCounter(Path file, String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(header);
        int end = bytes.remaining();
        String text = new String(header, StandardCharsets.UTF_8).stripTrailing();
        String entry =
                ",\"" + name + "\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[" + end + "," + (end + 8) + "]}}";
        byte[] longer = (text.substring(0, text.lastIndexOf('}')) + entry).getBytes(StandardCharsets.UTF_8);
        ByteBuffer changed = ByteBuffer.allocate(8 + longer.length + end + 8).order(ByteOrder.LITTLE_ENDIAN);
        changed.putLong(longer.length).put(longer).put(bytes).putLong(7);
        Files.write(file, changed.array());
    }

    @Test
    void aDryRunShowsTheStart() {
        CommandLineRun run = train("none", List.of("--init", trained.toString(), "--dry-run", "--json"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.json().get("start").textValue().contains("parameters learn"), run.out());
        // A tenth of Adam's rate for 16 images.
        assertEquals(
                0.1 * 0.003 * Math.sqrt(0.5),
                run.json().get("config").get("optimizer").get("learningRate").doubleValue(),
                1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "--freeze-until, stage7, 'stem, stage1, stage2, head; found stage7'",
        "--init, nowhere.safetensors, nowhere.safetensors",
        "--init, https://localhost/b0.safetensors, ends in the file's checksum",
        "--layer-lr-decay, 2, '--layer-lr-decay must lie in (0, 1], found 2.0'",
        "--source, jax, 'torchvision, timm'"
    })
    void refusesWithAMessageAndWritesNothing(String flag, String value, String message) {
        List<String> more = new ArrayList<>(List.of(flag, value));
        if (!flag.equals("--init")) {
            more.addAll(List.of("--init", trained.toString()));
        }
        CommandLineRun run = train("refused", more);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    @Test
    void refusesWeightsOfAnotherModelBeforeAnythingIsWritten() throws IOException {
        String wide = Files.writeString(folder.resolve("wide.yaml"), TinyArchitecture.TEXT.replace("o16", "o24"))
                .toString();
        CommandLineRun run = CommandLineRun.of(
                "train",
                wide,
                "--data",
                "shapes:60",
                "--size",
                "32",
                "--init",
                trained.toString(),
                "--out",
                folder.resolve("refused").toString());
        assertEquals(2, run.code(), run.err());
        assertTrue(
                run.err().contains("stage2.block1.project_W must be [24, 16, 1, 1] and is [16, 16, 1, 1]"), run.err());
        assertFalse(Files.exists(folder.resolve("refused")));
    }
}
