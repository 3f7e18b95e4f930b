package org.efficientnet4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside torchvision's evaluation transforms; {@code src/test/reference/torchvision_evaluation.py} wrote the cases. */
class CentreCropTest {
    private static final Path CASES = Path.of("src", "test", "resources", "torchvision", "evaluation");

    /**
     * Pillow resizes across and then down, and between the two rounds to whole numbers in 0..255; where a cubic kernel
     * overshoots at these images' steps of 255, that shows.
     */
    private static final int MOST_BICUBIC = 12;

    private static final double MEAN = 0.3;

    @ParameterizedTest
    @CsvSource({
        "97, 131, 64, 56, BILINEAR",
        "150, 101, 64, 56, BICUBIC",
        "75, 300, 37, 32, BICUBIC",
        "40, 61, 64, 57, BILINEAR"
    })
    void framesAsTorchvisionDoes(int height, int width, int resized, int size, Interpolation how) throws IOException {
        String name = height + "x" + width + "-" + resized + "-" + size + "-"
                + how.name().toLowerCase(Locale.ROOT) + ".rgb";
        byte[] expected = Files.readAllBytes(CASES.resolve(name));
        FrameTarget target = new FrameTarget(size, size / (double) resized, how);
        byte[] found;
        try (Mat image = RgbImages.fromPixels(image(height, width), height, width)) {
            found = new CentreCrop().framedPixels(image, target, new SplittableRandom(0));
        }
        assertEquals(expected.length, found.length);
        int largest = 0;
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            int distance = Math.abs((expected[i] & 0xFF) - (found[i] & 0xFF));
            largest = Math.max(largest, distance);
            sum += distance;
        }
        assertTrue(largest <= (how == Interpolation.BICUBIC ? MOST_BICUBIC : 1), name + ": " + largest);
        assertTrue(sum / found.length < MEAN, name + ": " + sum / found.length);
    }

    private static byte[] image(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                int edges = (x / 7 + y / 9) % 2 * 60;
                pixels[at] = (byte) (x * 3 + y * 5 + edges);
                pixels[at + 1] = (byte) (x * 2 + edges);
                pixels[at + 2] = (byte) (y * 4 + x);
            }
        }
        return pixels;
    }
}
