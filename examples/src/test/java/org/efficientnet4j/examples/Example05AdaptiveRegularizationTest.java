package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example05AdaptiveRegularizationTest {
    @Test
    void sizesAndStrengthsGrowAndCanBeSeen(@TempDir Path directory) throws IOException {
        Example05AdaptiveRegularization.Result result = Example05AdaptiveRegularization.run(
                Example05AdaptiveRegularization.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(
                List.of(24, 32, 40, 48),
                result.phases().stream().map(ProgressivePhase::size).toList());
        List<Double> magnitudes = result.phases().stream()
                .map(phase -> phase.strengths().randAugment())
                .toList();
        for (int i = 0; i < 4; i++) {
            assertEquals(i * 10 / 3.0, magnitudes.get(i), 1e-6);
        }

        BufferedImage sheet = ImageIO.read(result.sheet().toFile());
        int tile = 2 * 48 + 10;
        long before = 0;
        for (int row = 0; row < 4; row++) {
            long painted = painted(sheet, 26 + row * tile, 2 * 48);
            assertTrue(painted > before, "row " + row + " has " + painted + " pixels of pictures");
            before = painted;
        }
        assertEquals(1, result.growing().size());
        assertEquals(result.growing().get(0) - result.fixed().get(0), result.gain(), 1e-9);
        assertEquals(Double.POSITIVE_INFINITY, result.halfWidth(), "one seed tells nothing about chance");
    }

    /** Pixels of the pictures of a row, which begin behind its notes. */
    private static long painted(BufferedImage sheet, int top, int height) {
        long painted = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = 190; x < 190 + 3 * (2 * 48 + 10); x++) {
                painted += (sheet.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
            }
        }
        return painted;
    }
}
