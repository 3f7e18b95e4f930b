package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.UntrainedModel;
import org.efficientnet4j.weights.NpyFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbedCommandTest {
    private Path folder;
    private String model;

    @BeforeAll
    void writeModel(@TempDir Path temporary) throws IOException {
        folder = temporary;
        model = UntrainedModel.tiny(folder.resolve("model.zip"), List.of("a", "b"));
    }

    private CommandLineRun embed(String data, Path out, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("embed", "--model", model, "--data", data, "--out", out.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesBothHalvesOfASource() throws IOException {
        Path out = folder.resolve("shapes.csv");
        CommandLineRun run = embed("shapes:40", out, "--batch", "16", "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(40, run.json().get("images").intValue());
        assertEquals(41, Files.readAllLines(out).size());
    }

    @Test
    void writesMapsOfAFolderWithoutLabels() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (String name : List.of("one", "two, three")) {
            ImageIO.write(
                    new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB),
                    "png",
                    photos.resolve(name + ".png").toFile());
        }
        Files.writeString(photos.resolve("three.jpg"), "no image");
        Path out = folder.resolve("maps.npy");
        CommandLineRun run = embed(photos.toString(), out, "--layer", "stride4");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("stride4 of 2 images"), run.out());
        assertTrue(run.err().contains("three.jpg"), run.err());
        assertEquals(List.of(2L, 8L, 8L, 8L), NpyFile.read(out).shape());
        assertEquals(
                List.of(
                        "image,label",
                        photos.resolve("one.png") + ",",
                        "\"" + photos.resolve("two, three.png") + "\","),
                Files.readAllLines(folder.resolve("maps.names.csv")));
    }

    @Test
    void refusesWithAMessage() {
        Path out = folder.resolve("refused.csv");
        CommandLineRun layer = embed("shapes:10", out, "--layer", "stride32");
        assertEquals(2, layer.code());
        assertTrue(
                layer.err().contains("A layer must be one of stride2, stride4, pooled; found stride32"), layer.err());
        CommandLineRun format = embed("shapes:10", folder.resolve("refused.xls"));
        assertEquals(2, format.code());
        assertTrue(format.err().contains(".csv and .npy"), format.err());
        assertFalse(Files.exists(out));
    }
}
