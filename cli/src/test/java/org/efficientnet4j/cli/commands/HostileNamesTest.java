package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.core.text.Printable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Classes, files and an architecture whose names are what a terminal, a log or a browser would obey. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileNamesTest {
    private static final String ERASING = "cat\u001b[2J\nDone. Model: evil.zip";
    private static final String SCRIPT = "dog<script>alert(1)<\u202escript>";
    private static final String ERASING_SHOWN = "cat\\u001b[2J\\nDone. Model: evil.zip";
    private static final String SCRIPT_SHOWN = "dog<script>alert(1)<\\u202escript>";

    private Path folder;
    private Path data;
    private Path run;
    private CommandLineRun training;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        data = folder.resolve("photos");
        Assumptions.assumeTrue(folder.getFileSystem().getSeparator().equals("/"), "Windows allows no such file names");
        paint(ERASING, Color.BLUE);
        paint(SCRIPT, Color.RED);
        Path architecture = Files.writeString(
                folder.resolve("tiny.yaml"),
                TinyArchitecture.TEXT.replace("name: tiny", "name: \"tiny\\e[2J\\n<script>\""));
        run = folder.resolve("run");
        training = CommandLineRun.of(
                "train",
                architecture.toString(),
                "--data",
                data.toString(),
                "--out",
                run.toString(),
                "--epochs",
                "1",
                "--batch",
                "8",
                "--workers",
                "1");
    }

    /** Pictures of a class, and a file that is none. */
    private void paint(String name, Color colour) throws IOException {
        Path directory = Files.createDirectories(data.resolve(name));
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(2 * i, 0, 20, 40);
            graphics.dispose();
            ImageIO.write(
                    image,
                    "png",
                    directory.resolve("\u001b]0;title\u0007" + i + ".png").toFile());
        }
        Files.writeString(directory.resolve("broken\u001b[A\n.png"), "no picture");
    }

    private static void assertNoControls(String text) {
        for (String line : text.split("\n", -1)) {
            assertEquals(Printable.line(line), line, "not printable in " + text);
        }
    }

    private static void assertPrintable(String text) {
        assertNoControls(text);
        assertFalse(text.lines().anyMatch(line -> line.startsWith("Done. Model: evil")), text);
    }

    private static CommandLineRun printable(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertPrintable(run.out());
        assertPrintable(run.err());
        return run;
    }

    private String model() {
        return run.resolve("model.zip").toString();
    }

    @Test
    void trainingSaysAndLogsThemEscaped() throws IOException {
        assertEquals(0, training.code(), training.err());
        assertPrintable(training.out());
        assertPrintable(training.err());
        assertTrue(training.err().contains("broken\\u001b[A\\n.png"), training.err());
        assertPrintable(Files.readString(run.resolve("log.txt")));
    }

    @Test
    void reportShowsThemAsText() throws IOException {
        String html = Files.readString(run.resolve("report.html"));
        assertFalse(html.contains("<script"), html);
        assertNoControls(html);
        assertTrue(html.contains("dog&lt;script&gt;alert(1)"), html);
    }

    @Test
    void evaluationAlignsThemInItsTables() {
        CommandLineRun evaluation = printable("evaluate", model(), "--data", data.toString());
        assertEquals(0, evaluation.code(), evaluation.err());
        assertTrue(evaluation.out().contains("\n" + ERASING_SHOWN + "  "), evaluation.out());
        assertTrue(evaluation.out().contains("\n" + SCRIPT_SHOWN + "  "), evaluation.out());
    }

    @Test
    void predictionNamesFilesAndClassesOnOneLineEach() {
        CommandLineRun prediction = printable("predict", model(), "--dir", data.toString());
        assertEquals(0, prediction.code(), prediction.err());
        assertEquals(20, prediction.out().lines().count(), prediction.out());
        assertTrue(prediction.out().contains(ERASING_SHOWN), prediction.out());
    }

    @Test
    void dataFilesKeepThemAsTheyAre() throws IOException {
        Path csv = folder.resolve("predictions.csv");
        CommandLineRun prediction = printable("predict", model(), "--dir", data.toString(), "--out", csv.toString());
        assertEquals(0, prediction.code(), prediction.err());
        assertTrue(Files.readString(csv).contains(ERASING));
        assertTrue(CommandLineRun.of("predict", model(), "--dir", data.toString(), "--json")
                .json()
                .findValuesAsText("label")
                .containsAll(List.of(ERASING, SCRIPT)));
    }

    @Test
    void summaryShowsAnArchitecturesNameEscaped() {
        CommandLineRun summary =
                printable("summary", folder.resolve("tiny.yaml").toString());
        assertEquals(0, summary.code(), summary.err());
        assertTrue(summary.out().startsWith("tiny\\u001b[2J\\n<script>, 32 x 32"), summary.out());
    }

    @Test
    void messagesAboutThemAreEscaped() {
        printable("evaluate", model(), "--data", "shapes:40");
        printable("evaluate", folder.resolve(ERASING).toString(), "--data", "shapes");
        printable("train", "efficientnet_b0", "--data", ERASING, "--out", run.toString());
        printable("summary", ERASING);
        printable("train", "efficientnet_b0", "--" + ERASING);
    }

    @Test
    void searchReportShowsThemAsText() throws IOException {
        String study = folder.resolve("study.db").toString();
        Path report = folder.resolve("study.html");
        String base = folder.resolve("tiny.yaml").toString();
        CommandLineRun search = printable(
                "search",
                "phi",
                "--base",
                base,
                "--phi",
                "0:1",
                "--trials",
                "1",
                "--data",
                data.toString(),
                "--study",
                study,
                "--proxy-size",
                "32",
                "--proxy-width",
                "1",
                "--proxy-epochs",
                "1",
                "--proxy-examples",
                "8",
                "--proxy-batch",
                "4");
        assertEquals(0, search.code(), search.err());
        assertEquals(0, printable("search", "list", "--study", study).code());
        assertEquals(0, printable("search", "best", "--study", study).code());
        assertEquals(
                0,
                printable("search", "report", "--study", study, "--out", report.toString())
                        .code());
        String html = Files.readString(report);
        assertFalse(html.contains("\\n<script"), html);
        assertTrue(html.contains("tiny\\u001b[2J"), html);
        assertNoControls(html);
    }
}
