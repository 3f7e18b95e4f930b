package org.efficientnet4j.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.UntrainedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainCommandTest {
    private Path folder;
    private String tiny;
    private String lenet;
    private String image;

    @BeforeAll
    void writeModels(@TempDir Path temporary) throws IOException {
        folder = temporary;
        List<String> labels = List.of("<cat>", "dog");
        tiny = UntrainedModel.tiny(folder.resolve("tiny.zip"), labels);
        lenet = UntrainedModel.write(folder.resolve("lenet.zip"), "lenet", labels);
        BufferedImage picture = new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 2000; i++) {
            picture.setRGB(i % 40, i / 40, i * 8191);
        }
        Path file = folder.resolve("a <b> picture.png");
        ImageIO.write(picture, "png", file.toFile());
        image = file.toString();
    }

    private CommandLineRun explain(String out, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("explain", image, "--out", folder.resolve(out).toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void drawsWhatSeveralNetworksLookAt() throws IOException {
        CommandLineRun run = explain(
                "both", "--model", tiny, "--model", lenet, "--label", "dog", "--occlusion", "--feature-maps", "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode pictures = run.json().get("pictures");
        assertEquals(6, pictures.size(), "Grad-CAM, occlusion and feature maps of two networks");
        BufferedImage original =
                ImageIO.read(folder.resolve("both/01-a__b__picture.png").toFile());
        assertEquals(32, original.getWidth());
        for (JsonNode picture : pictures) {
            BufferedImage drawn = ImageIO.read(folder.resolve("both")
                    .resolve(picture.get("picture").asText())
                    .toFile());
            if (picture.get("kind").asText().equals("feature-maps")) {
                assertEquals(448, drawn.getWidth());
            } else {
                assertEquals("dog", picture.get("label").asText());
                assertTrue(picture.get("probability").asDouble() > 0);
                assertEquals(32, drawn.getHeight());
                assertNotEquals(original.getRGB(16, 16), drawn.getRGB(16, 16));
            }
        }
        String page = Files.readString(folder.resolve("both/explain.html"));
        assertFalse(page.contains("a <b> picture"), "names are escaped");
        assertTrue(page.contains("a &lt;b&gt; picture"), page);
    }

    @Test
    void explainsTheMostProbableClassOfAnEarlierLayer() {
        CommandLineRun run = explain("early", "--model", tiny, "--layer", "stride4");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("Grad-CAM of"), run.out());
        assertTrue(run.out().contains("Open "), run.out());
    }

    @Test
    void anImageThatIsNamedTwiceIsExplainedOnce() {
        CommandLineRun run = explain("twice", image, "--model", tiny, "--json");
        assertEquals(0, run.code(), run.err());
        assertEquals(1, run.json().get("pictures").size());
    }

    @Test
    void refusesASecondModelBeforeItExplainsTheFirst() {
        String other = UntrainedModel.write(folder.resolve("birds.zip"), "lenet", List.of("wren", "kite"));
        CommandLineRun run = explain("none", "--model", tiny, "--model", other, "--label", "dog");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("[wren, kite], found dog"), run.err());
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void namesWhatItDoesNotKnow() {
        CommandLineRun label = explain("out", "--model", tiny, "--label", "bird");
        assertEquals(2, label.code());
        assertTrue(label.err().contains("[<cat>, dog], found bird"), label.err());
        CommandLineRun layer = explain("out", "--model", tiny, "--layer", "stride32");
        assertEquals(2, layer.code());
        assertTrue(layer.err().contains("stride2, stride4, last for tiny, found stride32"), layer.err());
        CommandLineRun missing = CommandLineRun.of(
                "explain",
                "none.png",
                "--model",
                tiny,
                "--out",
                folder.resolve("out").toString());
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("There is no image file none.png"), missing.err());
    }
}
