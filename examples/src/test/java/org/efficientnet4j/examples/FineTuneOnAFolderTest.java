package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes on from a network that knows figures to a folder of coloured pictures. */
class FineTuneOnAFolderTest {
    @Test
    void learnsTheClassesOfAFolder(@TempDir Path directory) throws IOException {
        TrainOnShapes.run(directory.resolve("shapes"), 400, 1);
        Path photographs = directory.resolve("photographs");
        for (Map.Entry<String, Color> kind :
                Map.of("red", Color.RED, "blue", Color.BLUE).entrySet()) {
            paint(photographs.resolve(kind.getKey()), kind.getValue());
        }

        FineTuneOnAFolder.Result result = FineTuneOnAFolder.run(
                FineTuneOnAFolder.options(
                                directory.resolve("shapes/small.yaml").toString(),
                                directory.resolve("shapes/run/model.zip").toString(),
                                photographs.toString())
                        .set(RunOptions.EPOCHS, 3)
                        .set(DataOptions.BATCH, 16)
                        .set(OptimizerOptions.LEARNING_RATE, 0.01),
                directory.resolve("run"));

        assertEquals(Outcome.COMPLETED, result.training().outcome());
        assertTrue(result.start().contains("frozen until head"), result.start());
        assertTrue(result.training().best().orElseThrow().top1() > 0.8, "two colours are easily told apart");
    }

    private static void paint(Path folder, Color colour) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(colour.getRGB());
        for (int i = 0; i < 40; i++) {
            BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(random.nextInt(10), random.nextInt(10), 45, 45);
            graphics.dispose();
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
    }
}
