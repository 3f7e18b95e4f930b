package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains a network of two blocks on pictures of two colours, then uses its model file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingCommandsTest {
    private static final int IMAGES = 24;

    private Path folder;

    private String tiny;
    private String data;
    private Path run;
    private CommandLineRun training;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        tiny = TinyArchitecture.write(folder).toString();
        data = folder.resolve("colours").toString();
        paint("blue", Color.BLUE);
        paint("red", Color.RED);
        run = folder.resolve("run");
        training = effnet(
                "train",
                tiny,
                "--data",
                data,
                "--out",
                run.toString(),
                "--epochs",
                "6",
                "--batch",
                "8",
                "--learning-rate",
                "0.01",
                "--workers",
                "1",
                "--augmentation",
                "none",
                "--dropout",
                "0",
                "--json");
    }

    private void paint(String name, Color colour) throws IOException {
        Path directory = Files.createDirectories(Path.of(data, name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(random.nextInt(10), random.nextInt(10), 30, 30);
            graphics.dispose();
            ImageIO.write(image, "png", directory.resolve(name + i + ".png").toFile());
        }
    }

    private static CommandLineRun effnet(String... arguments) {
        return CommandLineRun.of(arguments);
    }

    private String model() {
        return run.resolve("model.zip").toString();
    }

    @Test
    void writesARunDirectoryAndSaysHowItWent() {
        assertEquals(0, training.code(), training.err());
        assertEquals("COMPLETED", training.json().get("outcome").asText());
        assertEquals(6, training.json().get("epochs").asInt());
        for (String file : List.of("config.yaml", "metrics.csv", "log.txt", "model.zip")) {
            assertTrue(Files.isRegularFile(run.resolve(file)), file);
        }
        assertEquals(
                6,
                training.err().lines().filter(line -> line.contains("val acc")).count(),
                training.err());
    }

    @Test
    void evaluatesTheModelOnTheImagesHeldOut() {
        CommandLineRun evaluation = effnet("evaluate", model(), "--data", data, "--json");
        assertEquals(0, evaluation.code(), evaluation.err());
        JsonNode json = evaluation.json();
        assertEquals(training.json().get("top1").asDouble(), json.get("top1").asDouble(), 1e-6);
        assertTrue(json.get("top1").asDouble() > 0.9, "red and blue must be told apart: " + json);
        assertTrue(json.get("examples").asInt() < 2 * IMAGES, "only held-out images count: " + json);
        assertEquals(2, json.get("confusion").size());
    }

    @Test
    void predictsSingleImagesAsItEvaluatesThem() {
        String image = Path.of(data, "red", "red3.png").toString();
        CommandLineRun prediction = effnet("predict", model(), image, "--json");
        assertEquals(0, prediction.code(), prediction.err());
        JsonNode first = prediction.json().get("predictions").get(0);
        assertEquals("red", first.get("label").asText());
        assertEquals(
                1,
                first.get("scores").get(0).get("probability").asDouble()
                        + first.get("scores").get(1).get("probability").asDouble(),
                1e-5);
    }

    @Test
    void writesASubmissionOfAFolder() throws IOException {
        Path csv = folder.resolve("submission.csv");
        CommandLineRun prediction =
                effnet("predict", model(), "--dir", data, "--template", "kaggle", "--out", csv.toString());
        assertEquals(0, prediction.code(), prediction.err());
        List<String> lines = Files.readAllLines(csv);
        assertEquals("id,label", lines.get(0));
        assertEquals(2 * IMAGES + 1, lines.size());
        assertTrue(lines.contains("blue7,blue"), lines::toString);
    }

    @Test
    void namesAnImageThatCannotBeReadAndGoesOn() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");
        String good = Path.of(data, "blue", "blue1.png").toString();
        CommandLineRun lenient = effnet("predict", model(), broken.toString(), good);
        assertEquals(0, lenient.code(), lenient.err());
        assertTrue(lenient.err().contains("broken.jpg"), lenient.err());
        assertTrue(lenient.out().startsWith(good + ":  blue"), lenient.out());
        assertEquals(2, effnet("predict", model(), broken.toString()).code());
        assertEquals(
                2,
                effnet("predict", model(), broken.toString(), good, "--strict").code());
    }

    @Test
    void aDryRunPrintsThePhasesAndWritesNothing() {
        Path untouched = folder.resolve("untouched");
        CommandLineRun dry = effnet(
                "train",
                "efficientnet_b0",
                "--data",
                data,
                "--out",
                untouched.toString(),
                "--size",
                "96",
                "--epochs",
                "7",
                "--batch",
                "4",
                "--dry-run",
                "--json");
        assertEquals(0, dry.code(), dry.err());
        JsonNode stage = dry.json().get("stages").get(0);
        assertEquals(96, stage.get("size").asInt());
        assertEquals(4, stage.get("batch").asInt());
        assertEquals(7, stage.get("epochs").asInt());
        assertEquals(0.2, stage.get("dropout").asDouble());
        for (String absent : List.of("randAugment", "mixup", "cutmix")) {
            assertEquals(0, stage.get(absent).asDouble());
        }
        assertFalse(Files.exists(untouched));
    }

    /** The phases of V2-S in the paper and in the released code; no --size, so that the papers' sizes hold. */
    @ParameterizedTest
    @CsvSource({
        "paper, 128 185 243 300, 5.0 8.3333333333 11.6666666667 15.0, 0.1 0.1666666667 0.2333333333 0.3",
        "automl, 171 214 257 300, 5.0 6.6666666667 8.3333333333 10.0, 0.2 0.2 0.2 0.2",
    })
    void dryRunTellsThePapersPhases(String mode, String sizes, String magnitudes, String dropouts) {
        CommandLineRun dry = effnet(
                "train", "efficientnetv2_s", "--data", "shapes:200", "--progressive", mode, "--dry-run", "--json");
        assertEquals(0, dry.code(), dry.err());
        JsonNode stages = dry.json().get("stages");
        assertEquals(sizes, column(stages, "size"));
        assertEquals(magnitudes, column(stages, "randAugment"));
        assertEquals(dropouts, column(stages, "dropout"));
        assertEquals("0.0 0.0 0.0 0.0", column(stages, "mixup"));
    }

    private static String column(JsonNode stages, String name) {
        List<String> cells = new ArrayList<>();
        stages.forEach(stage -> cells.add(stage.get(name).asText()));
        return String.join(" ", cells);
    }

    @Test
    void growsInThreePhasesAndWritesThemDown() throws IOException {
        Path out = folder.resolve("growing");
        CommandLineRun grown = effnet(
                "train",
                tiny,
                "--data",
                data,
                "--out",
                out.toString(),
                "--epochs",
                "3",
                "--batch",
                "8",
                "--size",
                "48",
                "--progressive",
                "paper",
                "--stages",
                "3",
                "--min-size",
                "32",
                "--ema",
                "0.9",
                "--accumulate",
                "2",
                "--optimizer",
                "rmsprop",
                "--clip-norm",
                "1",
                "--recalibrate",
                "2",
                "--keep-checkpoints",
                "2",
                "--checkpoint-activations",
                "--workers",
                "1",
                "--json");
        assertEquals(0, grown.code(), grown.err());
        List<String> rows = Files.readAllLines(out.resolve("metrics.csv"));
        List<String> sizes = List.of(",32,8,", ",40,8,", ",48,8,");
        for (int epoch = 0; epoch < 3; epoch++) {
            assertTrue(rows.get(epoch + 1).contains(sizes.get(epoch)), rows.get(epoch + 1));
        }
        assertTrue(Files.exists(out.resolve("checkpoints").resolve("epoch-0002.zip")));
        assertFalse(Files.exists(out.resolve("checkpoints").resolve("epoch-0001.zip")));
        String config = Files.readString(out.resolve("config.yaml"));
        assertTrue(config.contains("checkpointActivations: blocks"), config);
    }

    @Test
    void writesAReportThatNeedsNothingElse() throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("<svg") && page.contains("config.yaml"), "curves and configuration");
        for (String outside : List.of("http:", "https:", "<script src", "<link")) {
            assertFalse(page.contains(outside), "the page must open offline, but has " + outside);
        }
    }

    @Test
    void averagesWithTheMirrorImage() {
        CommandLineRun plain = effnet("evaluate", model(), "--data", data, "--json");
        CommandLineRun averaged = effnet("evaluate", model(), "--data", data, "--tta", "--json");
        assertEquals(0, averaged.code(), averaged.err());
        assertEquals(
                plain.json().get("examples").asInt(),
                averaged.json().get("examples").asInt());
        assertTrue(
                plain.json().get("loss").asDouble()
                        != averaged.json().get("loss").asDouble(),
                averaged.out());
    }

    @Test
    void listsRecipesAndStartsFromOne() {
        assertTrue(effnet("recipes").out().contains("small-images"));
        assertTrue(effnet("recipes", "small-images").out().startsWith("# CIFAR"));
        CommandLineRun dry = effnet(
                "train", tiny, "--data", data, "--recipe", "small-images", "--epochs", "4", "--dry-run", "--json");
        assertEquals(0, dry.code(), dry.err());
        assertEquals("64 96", column(dry.json().get("stages"), "size"));
        assertEquals(
                2,
                effnet("train", tiny, "--data", data, "--recipe", "smal", "--dry-run")
                        .code());
    }

    @Test
    void goesOnWithARunWithoutNamingItsOptionsAgain() {
        CommandLineRun resumed = effnet("train", "--resume", "--out", run.toString(), "--json");
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(6, resumed.json().get("epochs").asInt());
    }

    @Test
    void refusesAnOutputThatExists() {
        CommandLineRun again = effnet("train", tiny, "--data", data, "--out", run.toString());
        assertEquals(2, again.code());
        assertTrue(again.err().contains("--resume") && again.err().contains("--overwrite"), again.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batch | 0 | batch",
                "--epochs | 0 | epochs",
                "--size | 3 | smallest",
                "--dropout | 1.5 | dropout",
                "--validation-fraction | 0 | fraction",
                "--workers | 0 | workers",
                "--optimizer | adagrad | optimizer"
            })
    void refusesAnOptionOutOfRange(String option, String value, String expected) {
        CommandLineRun refused = effnet(
                "train", tiny, "--data", data, "--out", folder.resolve("x").toString(), option, value);
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains(expected) && refused.err().contains(value), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void refusesDataThatCannotBeUsed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path hollow = folder.resolve("hollow");
        Files.createDirectories(hollow.resolve("cat"));
        Files.createDirectories(hollow.resolve("dog"));
        Files.copy(Path.of(data, "red", "red1.png"), hollow.resolve("dog").resolve("dog.png"));
        Path cifar = Files.createDirectories(folder.resolve("cifar"));
        Files.write(cifar.resolve("data_batch_1.bin"), new byte[5000]);
        for (String source : List.of(
                folder.resolve("nowhere").toString(),
                empty.toString(),
                hollow.toString(),
                "cifar10:" + cifar,
                "shapes:x")) {
            CommandLineRun refused = effnet(
                    "train",
                    tiny,
                    "--data",
                    source,
                    "--out",
                    folder.resolve("y").toString());
            assertEquals(2, refused.code(), source + ": " + refused.err());
            assertEquals(1, refused.err().lines().count(), refused.err());
        }
        assertTrue(effnet("train", tiny, "--data", hollow.toString(), "--dry-run")
                .err()
                .contains("cat"));
    }

    @Test
    void refusesAModelFileThatIsNone() {
        for (String file : List.of(tiny, folder.resolve("absent.zip").toString())) {
            CommandLineRun refused = effnet("evaluate", file, "--data", data);
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains(file), refused.err());
        }
    }

    @Test
    void asksForWhatIsMissing() {
        assertTrue(effnet("train", tiny, "--data", data).err().contains("--out"));
        assertTrue(effnet("train", "--data", data, "--dry-run").err().contains("MODEL is missing"));
        assertTrue(effnet("train", tiny, "--dry-run").err().contains("data"));
        assertEquals(2, effnet("predict", model()).code());
        assertEquals(2, effnet("evaluate", model()).code());
    }
}
