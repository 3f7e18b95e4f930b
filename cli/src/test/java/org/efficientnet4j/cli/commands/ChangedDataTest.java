package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Judges a model on its own data, on other data, and on data that has changed since it was trained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedDataTest {
    private static final int IMAGES = 24;

    private Path folder;
    private Path run;
    private String tiny;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        tiny = TinyArchitecture.write(folder).toString();
        paint("own/blue", Color.BLUE, 0, IMAGES);
        paint("own/red", Color.RED, 0, IMAGES);
        run = folder.resolve("run");
        CommandLineRun training = train("own", "run");
        assertEquals(0, training.code(), training.err());
        assertTrue(training.err().contains("2 classes (images to learn from + held out): blue "), training.err());
    }

    private CommandLineRun train(String data, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                tiny,
                "--data",
                folder.resolve(data).toString(),
                "--out",
                folder.resolve(out).toString(),
                "--epochs",
                "1",
                "--batch",
                "8",
                "--size",
                "32",
                "--workers",
                "1"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void paint(String name, Color colour, int first, int count) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        Random random = new Random(name.hashCode() + first);
        for (int i = first; i < first + count; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 1600; pixel++) {
                image.setRGB(pixel % 40, pixel / 40, random.nextInt(8) == 0 ? random.nextInt() : colour.getRGB());
            }
            ImageIO.write(image, "png", directory.resolve(i + ".png").toFile());
        }
    }

    private void copy(String from, String to) throws IOException {
        try (var files = Files.walk(folder.resolve(from))) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(to)
                        .resolve(folder.resolve(from).relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private CommandLineRun evaluate(Path model, String data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate", model.toString(), "--data", folder.resolve(data).toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private Path model() {
        return run.resolve("model.zip");
    }

    private static void assertJudged(String part, int examples, int of, CommandLineRun evaluation) {
        assertEquals(0, evaluation.code(), evaluation.err());
        JsonNode json = evaluation.json();
        assertEquals(part, json.get("part").asText());
        assertEquals(examples, json.get("examples").asInt(), evaluation.out());
        assertEquals(of, json.get("of").asInt());
    }

    private int heldOut() {
        return evaluate(model(), "own", "--json").json().get("examples").asInt();
    }

    /** Held out by the run's own split, by another one, and after two classes' folders changed places. */
    @Test
    void saysThatTheModelHasNotLearntFromImagesOnlyWhereItIsKnown() throws IOException {
        String known = "the model has not learnt from these";
        String unknown = "the model may have learnt from some of these";
        assertTrue(evaluate(model(), "own").out().contains(known));
        CommandLineRun other = evaluate(model(), "own", "--seed", "7");
        assertTrue(other.out().contains(unknown) && !other.out().contains(known), other.out());

        copy("own", "swapped");
        assertEquals(0, train("swapped", "swapped-run").code());
        Path data = folder.resolve("swapped");
        Files.move(data.resolve("blue"), data.resolve("aside"));
        Files.move(data.resolve("red"), data.resolve("blue"));
        Files.move(data.resolve("aside"), data.resolve("red"));
        CommandLineRun swapped = evaluate(folder.resolve("swapped-run").resolve("model.zip"), "swapped");
        assertTrue(swapped.err().contains("The data is not what the model was trained on"), swapped.err());
        assertTrue(swapped.out().contains(unknown) && !swapped.out().contains(known), swapped.out());
    }

    @Test
    void ownDataIsJudgedByTheHeldOutPartWhereverTheModelFileLies() throws IOException {
        int heldOut = heldOut();
        assertTrue(heldOut >= 2 && heldOut < IMAGES, () -> heldOut + " images");
        assertJudged("validation", heldOut, 2 * IMAGES, evaluate(model(), "own", "--json"));
        Path moved = Files.copy(
                model(), Files.createDirectories(folder.resolve("elsewhere")).resolve("m.zip"));
        assertJudged("validation", heldOut, 2 * IMAGES, evaluate(moved, "own", "--json"));
        assertJudged("train", 2 * IMAGES - heldOut, 2 * IMAGES, evaluate(model(), "own", "--part", "train", "--json"));
        assertJudged("all", 2 * IMAGES, 2 * IMAGES, evaluate(model(), "own", "--part", "ALL", "--json"));
        assertEquals(2, evaluate(model(), "own", "--part", "test").code());
        String text = evaluate(model(), "own").out();
        assertTrue(text.contains("Judged on the drawn validation part: " + heldOut + " of 48 images"), text);
    }

    @Test
    void aCopyOfTheDataIsOwnDataToo() throws IOException {
        copy("own", "copied");
        assertJudged("validation", heldOut(), 2 * IMAGES, evaluate(model(), "copied", "--json"));
    }

    @Test
    void otherDataIsJudgedWhole() throws IOException {
        paint("other/blue", Color.BLUE, 100, 5);
        paint("other/red", Color.RED, 100, 4);
        assertJudged("all", 9, 9, evaluate(model(), "other", "--json"));
        assertTrue(evaluate(model(), "other").out().contains("every image: 9 of 9 images."));
        paint("divided/train/blue", Color.BLUE, 0, 2);
        paint("divided/train/red", Color.RED, 0, 2);
        paint("divided/test/blue", Color.BLUE, 5, 1);
        paint("divided/test/red", Color.RED, 5, 2);
        assertJudged("test", 3, 7, evaluate(model(), "divided", "--json"));
        Path csv = Files.writeString(folder.resolve("other.csv"), "image,label\nblue/100.png,blue\nred/100.png,red\n");
        CommandLineRun table = CommandLineRun.of(
                "evaluate", model().toString(), "--data", "csv:" + csv + ":" + folder.resolve("other"), "--json");
        assertJudged("all", 2, 2, table);
    }

    @Test
    void imagesAddedAreToldWithTheirNumber() throws IOException {
        copy("own", "growing");
        assertEquals(0, train("growing", "grown").code());
        Path grown = folder.resolve("grown/model.zip");
        int before = evaluate(grown, "growing", "--json").json().get("examples").asInt();
        paint("growing/red", Color.RED, 200, 20);
        CommandLineRun evaluation = evaluate(grown, "growing", "--json");
        assertTrue(evaluation.err().contains("not what the model was trained on"), evaluation.err());
        assertTrue(evaluation.err().contains("red "), evaluation.err());
        int after = evaluation.json().get("examples").asInt();
        assertTrue(after > before && after < before + 20, () -> before + " and " + after);
        CommandLineRun resumed = CommandLineRun.of(
                "train", "--resume", "--out", folder.resolve("grown").toString());
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("not what the model was trained on"), resumed.err());
        assertTrue(Files.readString(folder.resolve("grown/log.txt")).contains("Warning: The data is not"));
    }

    @Test
    void aRenamedClassIsRefused() throws IOException {
        copy("own", "renamed");
        assertEquals(0, train("renamed", "renamedRun").code());
        Files.move(folder.resolve("renamed/blue"), folder.resolve("renamed/sky"));
        for (CommandLineRun refused : List.of(
                evaluate(folder.resolve("renamedRun/model.zip"), "renamed"),
                CommandLineRun.of(
                        "train",
                        "--resume",
                        "--out",
                        folder.resolve("renamedRun").toString()))) {
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains("[blue, red]") && refused.err().contains("[red, sky]"), refused.err());
        }
    }

    @Test
    void theReportSaysWhatWasLeftOut() throws IOException {
        copy("own", "linked");
        Files.createSymbolicLink(folder.resolve("linked/red/gone.png"), folder.resolve("nowhere"));
        CommandLineRun training = train("linked", "linkedRun");
        assertTrue(training.err().contains("Left out: broken links: 1 (red/gone.png)."), training.err());
        assertTrue(Files.readString(folder.resolve("linkedRun/report.html")).contains("broken links: 1"));
    }

    @Test
    void aDryRunShowsClassesAndWarns() throws IOException {
        paint("uneven/blue", Color.BLUE, 0, 40);
        paint("uneven/red", Color.RED, 0, 8);
        for (int i = 0; i < 40; i++) {
            Files.copy(folder.resolve("uneven/blue/0.png"), folder.resolve("uneven/blue/copy" + i + ".png"));
        }
        CommandLineRun dry = train("uneven", "none", "--dry-run", "--json");
        assertEquals(0, dry.code(), dry.err());
        assertEquals("blue", dry.json().get("classes").get(0).get("label").asText());
        String warnings = dry.json().get("warnings").toString();
        assertTrue(warnings.contains("unequal size: blue has"), warnings);
        assertTrue(warnings.contains("file for file"), warnings);
        String table = train("uneven", "none", "--dry-run").out();
        assertTrue(table.contains("held out"), table);
    }

    @Test
    void aClassThatCannotBeReadIsRefused() throws IOException {
        paint("hollow/blue", Color.BLUE, 0, 4);
        for (int i = 0; i < 4; i++) {
            Files.createDirectories(folder.resolve("hollow/red"));
            Files.writeString(folder.resolve("hollow/red/" + i + ".png"), "no image");
        }
        CommandLineRun refused = train("hollow", "none");
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("\"red\""), refused.err());
        assertFalse(Files.exists(folder.resolve("none")));
        assertEquals(2, evaluate(model(), "hollow").code());
    }

    @Test
    void everyCommandListsTheSameFiles() throws IOException {
        copy("own/red", "flat");
        Files.copy(folder.resolve("flat/0.png"), folder.resolve("flat/._0.png"));
        Files.copy(folder.resolve("flat/0.png"), folder.resolve("flat/a.jfif"));
        copy("own/red", "flat/.thumbs");
        CommandLineRun predicted = CommandLineRun.of(
                "predict", model().toString(), "--dir", folder.resolve("flat").toString(), "--json");
        assertEquals(IMAGES + 1, predicted.json().get("predictions").size());
        assertTrue(predicted.err().contains("hidden"), predicted.err());
        Path out = folder.resolve("flat.csv");
        CommandLineRun embedded = CommandLineRun.of(
                "embed",
                "--model",
                model().toString(),
                "--data",
                folder.resolve("flat").toString(),
                "--out",
                out.toString(),
                "--json");
        assertEquals(0, embedded.code(), embedded.err());
        assertEquals(IMAGES + 1, embedded.json().get("images").asInt());
    }

    @Test
    void predictionReadsTheTablesThatTrainingReads() throws IOException {
        Path images = folder.resolve("own/red");
        Path csv = images.resolve("list.csv");
        Files.writeString(csv, "\uFEFF0.png\n1\n\"2.png\"\n", StandardCharsets.UTF_8);
        CommandLineRun predicted =
                CommandLineRun.of("predict", model().toString(), "--csv", csv.toString(), "--template", "kaggle");
        assertEquals(0, predicted.code(), predicted.err());
        assertEquals(
                List.of("id", "0", "1", "2"),
                predicted
                        .out()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList());
        Files.writeString(csv, "gone.png\n1.png\n");
        CommandLineRun refused = CommandLineRun.of("predict", model().toString(), "--csv", csv.toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("gone.png"), refused.err());
        Files.writeString(csv, "nr;photo\n1;0.png\n");
        assertEquals(
                0,
                CommandLineRun.of("predict", model().toString(), "--csv", csv.toString(), "--image-column", "photo")
                        .code());
        Files.delete(csv);
    }

    @Test
    void runsOfEarlierVersionsKeepTheirSplit() throws IOException {
        copy("run", "earlier");
        Path config = folder.resolve("earlier/config.yaml");
        String text = Files.readString(config);
        assertTrue(text.contains("split: hash"), text);
        Files.writeString(config, text.replace("  split: hash\n", ""));
        CommandLineRun dry = CommandLineRun.of("train", "--config", config.toString(), "--dry-run", "--json");
        assertEquals(
                "shuffle", dry.json().get("config").get("data").get("split").asText());
        assertEquals(10, dry.json().get("validationImages").asInt());
    }
}
