package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
    @Test
    void writesTableCsvPageAndJson(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("comparison");
        CommandLineRun run = CommandLineRun.of(
                "compare",
                "lenet",
                "mobilenet_v2",
                "--data",
                "shapes:60",
                "--epochs",
                "1",
                "--size",
                "32",
                "--batch",
                "16",
                "--out",
                out.toString(),
                "--json");

        assertEquals(0, run.code(), run.err());
        JsonNode models = run.json().get("models");
        assertEquals("lenet", models.get(0).get("name").asText());
        // torchvision's 3,504,872 with 1,000 classes of 1,281 numbers each.
        assertEquals(
                3_504_872 - 990 * 1281, models.get(1).get("trainableParameters").asLong());
        for (JsonNode model : models) {
            assertEquals(
                    model.get("top1").asDouble(),
                    model.get("seeds").get(0).get("top1").asDouble());
            assertTrue(model.get("imagesPerSecond").asDouble() > 0);
            assertTrue(model.get("low").asDouble() <= model.get("top1").asDouble());
        }
        assertEquals(3, Files.readAllLines(out.resolve("comparison.csv")).size());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("<h1>Comparison on shapes:60</h1>"));

        CommandLineRun files = CommandLineRun.of(
                "compare",
                "--evaluate",
                out.resolve("runs/lenet-seed42/model.zip").toString(),
                out.resolve("runs/mobilenet_v2-seed42/model.zip").toString(),
                "--data",
                "shapes:60",
                "--json");
        assertEquals(0, files.code(), files.err());
        for (int i = 0; i < 2; i++) {
            // The same networks on the images that their trainings held out.
            assertEquals(
                    models.get(i).get("top1").asDouble(),
                    files.json().get("models").get(i).get("top1").asDouble());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lenet --data shapes --out O | needs --epochs or --minutes, one of them, found neither",
                "lenet --data shapes --epochs 1 --minutes 1 --out O | found both",
                "lenet lenet --data shapes --epochs 1 --out O | found lenet twice",
                "lenet resnet81 --data shapes --epochs 1 --out O | Unknown model 'resnet81'",
                "lenet --data shapes --minutes -3 --out O | --minutes must be above 0",
                "lenet --data shapes --epochs 1 --seeds 0 --out O | --seeds must be at least 1, found 0",
                "lenet --data shapes --epochs 1 --init vgg16=w.pth --out O | --init vgg16=... must name a network",
                "lenet --data shapes --epochs 1 | --out is missing",
                "lenet --epochs 1 --out O | --data is missing"
            })
    void refusesBeforeAnythingIsWritten(String words, String message, @TempDir Path folder) {
        Path out = folder.resolve("new");
        CommandLineRun run = CommandLineRun.of(
                ("compare " + words).replace("--out O", "--out " + out).split(" "));

        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(out));
    }
}
