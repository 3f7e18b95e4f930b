package org.efficientnet4j.cli.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentCommandTest {
    @TempDir
    private Path folder;

    @Test
    void drawsARowAnImageAndAColumnAMagnitude() throws IOException {
        BufferedImage narrow = sheet("a.png", "--magnitude", "5", "--count", "2", "--size", "40");
        BufferedImage wide = sheet("b.png", "--magnitude", "5,10,25", "--count", "2", "--size", "40");
        BufferedImage high = sheet("c.png", "--magnitude", "5", "--count", "4", "--size", "40");
        assertEquals(narrow.getHeight(), wide.getHeight());
        assertEquals(narrow.getWidth(), high.getWidth());
        assertTrue(wide.getWidth() >= narrow.getWidth() + 2 * 40);
        assertTrue(high.getHeight() >= narrow.getHeight() + 2 * 40);
        assertEquals(0xFFFFFFFF, narrow.getRGB(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"randaugment", "autoaugment-imagenet", "AutoAugment_CIFAR10"})
    void repeatsFromItsSeed(String policy) throws IOException {
        sheet("first.png", "--policy", policy, "--count", "3", "--size", "32", "--seed", "5");
        sheet("again.png", "--policy", policy, "--count", "3", "--size", "32", "--seed", "5");
        sheet("other.png", "--policy", policy, "--count", "3", "--size", "32", "--seed", "6");
        byte[] first = Files.readAllBytes(folder.resolve("first.png"));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("again.png")));
        assertFalse(Arrays.equals(first, Files.readAllBytes(folder.resolve("other.png"))));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(3, files.count(), "no temporary file is left");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--magnitude 5,31|magnitude must lie in [0, 30], found 31",
                "--magnitude five|--magnitude",
                "--policy auto|must be one of randaugment, autoaugment-imagenet, autoaugment-cifar10, found 'auto'",
                "--policy autoaugment-imagenet --magnitude 5|--magnitude goes with --policy randaugment alone",
                "--count 0|--count must lie in [1, 100], found 0",
                "--size 2000|--size must lie in [1, 1024], found 2000",
            })
    void wrongOptionsAreNamed(String options, String message) {
        CommandLineRun run = run("sheet.png", options.split(" "));
        assertEquals(2, run.code());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(folder.resolve("sheet.png")));
    }

    @Test
    void wantsAFileItCanWrite() {
        CommandLineRun picture = run("sheet.jpg");
        assertEquals(2, picture.code());
        assertTrue(picture.err().contains("must name a .png file"), picture.err());
        CommandLineRun nowhere = run("no/such/folder/sheet.png", "--size", "32", "--count", "1");
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.err().contains("Cannot write"), nowhere.err());
    }

    private BufferedImage sheet(String name, String... options) throws IOException {
        CommandLineRun run = run(name, options);
        assertEquals(0, run.code(), run.err());
        return ImageIO.read(folder.resolve(name).toFile());
    }

    private CommandLineRun run(String name, String... options) {
        Stream<String> fixed = Stream.of(
                "augment", "--data", "shapes:20", "--out", folder.resolve(name).toString());
        return CommandLineRun.of(Stream.concat(fixed, Stream.of(options)).toArray(String[]::new));
    }
}
