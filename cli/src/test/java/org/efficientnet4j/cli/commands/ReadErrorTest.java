package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose reading the kernel answers with EIO, as a failing disk does: links to a process's memory at address 0. */
class ReadErrorTest {
    private static final Path BROKEN = Path.of("/proc/self/mem");

    @TempDir
    private Path folder;

    @BeforeEach
    void requireReadErrors() {
        assumeTrue(Files.isReadable(BROKEN), "only Linux has " + BROKEN);
        assertThrows(IOException.class, () -> Files.readAllBytes(BROKEN));
    }

    private String broken(String name) throws IOException {
        return Files.createSymbolicLink(folder.resolve(name), BROKEN).toString();
    }

    private static void assertOneLine(CommandLineRun run, String file) {
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.err());
        assertTrue(run.err().contains(file) && run.err().contains("Input/output error"), run.err());
        assertFalse(run.err().contains("effnet failed") || run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "weights.pth", "weights.h5"})
    void weightsAreRefused(String name) throws IOException {
        String file = broken(name);
        assertOneLine(
                CommandLineRun.of(
                        "import",
                        "efficientnet_b0",
                        "--weights",
                        file,
                        "--out",
                        folder.resolve("out.zip").toString()),
                name);
        assertFalse(Files.exists(folder.resolve("out.zip")));
    }

    @Test
    void modelFilesAreRefused() throws IOException {
        String file = broken("model.zip");
        assertOneLine(CommandLineRun.of("evaluate", file, "--data", "shapes:20"), "model.zip");
    }

    @Test
    void tablesAreRefused() throws IOException {
        String model = TinyArchitecture.write(folder).toString();
        assertOneLine(
                CommandLineRun.of("train", model, "--data", "csv:" + broken("labels.csv") + ":" + folder, "--dry-run"),
                "labels.csv");
    }

    @Test
    void architecturesAreRefused() throws IOException {
        assertOneLine(CommandLineRun.of("summary", broken("network.yaml")), "network.yaml");
    }

    @Test
    void settingsAreRefused() throws IOException {
        assertOneLine(
                CommandLineRun.of(
                        "train", "lenet", "--data", "shapes:20", "--config", broken("config.yaml"), "--dry-run"),
                "config.yaml");
    }

    @Test
    void imagesAreLeftOutAndTold() throws IOException {
        Path data = folder.resolve("data");
        for (String label : new String[] {"a", "b"}) {
            Files.createDirectories(data.resolve(label));
            for (int i = 0; i < 8; i++) {
                ImageIO.write(
                        new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB),
                        "png",
                        data.resolve(label).resolve(i + ".png").toFile());
            }
        }
        Files.createSymbolicLink(data.resolve("a").resolve("broken.png"), BROKEN);
        CommandLineRun run = CommandLineRun.of(
                "train",
                TinyArchitecture.write(folder).toString(),
                "--data",
                data.toString(),
                "--size",
                "32",
                "--epochs",
                "1",
                "--batch",
                "4",
                "--workers",
                "1",
                "--out",
                folder.resolve("run").toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("broken.png"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }
}
