package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Architecture files that are deleted, moved or edited after a run has begun. */
class ArchitectureOfARunTest {
    @TempDir
    private Path folder;

    private Path architecture;
    private String out;

    @BeforeEach
    void trainForAnEpoch() throws IOException {
        architecture = TinyArchitecture.write(folder);
        out = folder.resolve("run").toString();
        succeeds(
                "train",
                architecture.toString(),
                "--data",
                "shapes:40",
                "--epochs",
                "1",
                "--batch",
                "8",
                "--workers",
                "1",
                "--out",
                out);
    }

    private static CommandLineRun succeeds(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private CommandLineRun resume(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--out", out, "--json"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void assertResumed(int epochs, String... more) {
        CommandLineRun run = resume(more);
        assertEquals(0, run.code(), run.err());
        assertEquals(epochs, run.json().get("epochs").asInt());
    }

    private void assertRefused(String reason, String... more) {
        CommandLineRun run = resume(more);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(reason), run.err());
    }

    @Test
    void aRunWhoseFileIsGoneIsResumedJudgedAndExported() throws IOException {
        Files.delete(architecture);
        assertResumed(1);
        assertResumed(2, "--epochs", "2");
        assertResumed(3, architecture.toString(), "--epochs", "3");
        String model = out + "/model.zip";
        succeeds("evaluate", model, "--data", "shapes:40");
        succeeds("export", model, "--onnx", folder.resolve("tiny.onnx").toString());
        succeeds(
                "export",
                model,
                "--safetensors",
                folder.resolve("tiny.safetensors").toString());
    }

    /** Whatever the missing options of a configuration default to comes from the run's network, too. */
    @Test
    void aRunWhoseFileIsGoneIsResumedWithAConfigurationThatLeavesOptionsOut() throws IOException {
        Files.delete(architecture);
        Path config = Files.writeString(folder.resolve("short.yaml"), """
                model: %s
                epochs: 1
                data: {source: "shapes:40", batch: 8, workers: 1}
                """.formatted(architecture));
        assertResumed(1, "--config", config.toString());
    }

    @Test
    void aFileThatWasMovedIsTheSameNetwork() throws IOException {
        Path moved = Files.move(architecture, folder.resolve("moved.yaml"));
        assertResumed(2, moved.toString(), "--epochs", "2");
    }

    @Test
    void aFileThatWasEditedIsRefusedByNameAndElseOfNoAccount() throws IOException {
        Files.writeString(architecture, TinyArchitecture.TEXT.replace("head: 32", "head: 48"));
        assertRefused(
                "MODEL (" + architecture
                        + ", whose network is not the one that the run began with: the file was edited)",
                architecture.toString());
        assertResumed(2, "--epochs", "2");
        Path other = Files.move(architecture, folder.resolve("other.yaml"));
        assertRefused("MODEL (" + architecture + ", now " + other + ")", other.toString());
    }

    @Test
    void aNameThatIsNoModelsIsToldOf() {
        assertRefused("now nowhere.yaml: There is no architecture file nowhere.yaml", "nowhere.yaml");
        assertRefused("now efficientnet_b0)", "efficientnet_b0");
    }
}
