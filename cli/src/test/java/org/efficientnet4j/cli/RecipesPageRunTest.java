package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.PageCommands.PageCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/recipes.md}, run in the page's order on small pictures and for few epochs. */
class RecipesPageRunTest {
    private static final Path DOCS = PageCommands.ROOT.resolve("docs");
    /** The page's epochs over those run. */
    private static final int SHORTER = 15;

    private static final Map<String, String> SMALLER = Map.of(
            "--size", "32",
            "--batch", "4",
            "--epoch-images", "8",
            "--steps", "1");
    private static final Pattern PLACE =
            Pattern.compile("(?:photos|unsorted|uneven|runs)(?:/.*)?|[\\w-]+\\.(?:csv|onnx|safetensors|npy|yaml)");

    @TempDir
    Path folder;

    @Test
    void everyCommandDoesWhatThePageSays() throws IOException {
        prepare();
        List<PageCommand> commands = PageCommands.of(DOCS.resolve("recipes.md"));
        assertTrue(commands.size() > 25, "" + commands);
        for (PageCommand command : commands) {
            if (command.words().contains("--init")) {
                trainedWeights();
            }
            CommandLineRun run = CommandLineRun.of(small(command.words()));
            boolean mayFindProblems = command.words().contains("doctor") && run.code() == ExitCode.FAILURE;
            assertTrue(run.code() == ExitCode.OK || mayFindProblems, command + ": " + run.out() + run.err());
            assertFalse(run.err().contains("effnet failed"), run.err());
        }
        for (String written : List.of(
                "runs/first/report.html",
                "runs/again/model.zip",
                "runs/compare/report.html",
                "photos.onnx",
                "photos.safetensors",
                "torchvision.safetensors",
                "maps.npy")) {
            assertTrue(Files.size(folder.resolve(written)) > 0, written);
        }
        assertEquals(
                "id,label", Files.readAllLines(folder.resolve("submission.csv")).get(0));
        assertEquals(25, Files.readAllLines(folder.resolve("photos.csv")).size());
    }

    /** The page's words for small pictures below this test's folder. */
    private String[] small(List<String> words) {
        List<String> small = new ArrayList<>();
        for (String word : words) {
            String before = small.isEmpty() ? "" : small.get(small.size() - 1);
            if (before.equals("--epochs")) {
                small.add(String.valueOf(Math.max(phases(words), Integer.parseInt(word) / SHORTER)));
            } else if (SMALLER.containsKey(before)) {
                small.add(SMALLER.get(before));
            } else if (word.startsWith("shapes")) {
                small.add("shapes:40");
            } else {
                small.add(Arrays.stream(word.split(":", -1))
                        .map(part -> PLACE.matcher(part).matches()
                                ? folder.resolve(part).toString()
                                : part)
                        .collect(Collectors.joining(":")));
            }
        }
        if (words.contains("--recipe")) {
            small.addAll(List.of("--epochs", "3", "--size", "64", "--min-size", "64", "--eval-size", "32"));
        }
        if (words.contains("bench")) {
            small.addAll(List.of("--warm-up", "0"));
        }
        return small.toArray(String[]::new);
    }

    /** Each phase takes an epoch. */
    private static int phases(List<String> words) {
        int flag = words.indexOf("--phases");
        return flag < 0 ? 1 : Integer.parseInt(words.get(flag + 1));
    }

    private void prepare() throws IOException {
        for (int i = 1; i <= 12; i++) {
            paint("photos/cat/" + i + ".jpg", Color.ORANGE, i);
            paint("photos/dog/" + i + ".jpg", Color.BLUE, i);
        }
        for (int i = 1; i <= 3; i++) {
            paint("unsorted/" + i + ".jpg", Color.ORANGE, i);
        }
        for (String part : List.of("train", "val")) {
            for (int i = 1; i <= 4; i++) {
                paint("uneven/" + part + "/cat/" + i + ".jpg", Color.ORANGE, i);
            }
            paint("uneven/" + part + "/dog/1.jpg", Color.BLUE, 1);
        }
        String rows = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "cat/%d.jpg,cat\ndog/%d.jpg,dog\n".formatted(i, i))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("labels.csv"), "image,label\n" + rows);
        Files.writeString(folder.resolve("sample.csv"), "id\nunsorted/2.jpg\nunsorted/1.jpg\n");
        String page = Files.readString(DOCS.resolve("files.md"));
        int example = page.indexOf("name: tiny");
        Files.writeString(folder.resolve("tiny.yaml"), page.substring(example, page.indexOf("```", example)));
    }

    private void paint(String name, Color colour, int side) throws IOException {
        BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(side, side, 4 + side, 20);
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, "jpg", file.toFile()), name);
    }

    /** Stands for a file that another library's authors publish. */
    private void trainedWeights() {
        CommandLineRun export = CommandLineRun.of(
                "export",
                folder.resolve("runs/photos/model.zip").toString(),
                "--safetensors",
                folder.resolve("b0.safetensors").toString());
        assertEquals(ExitCode.OK, export.code(), export.err());
    }
}
