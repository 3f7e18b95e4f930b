package org.efficientnet4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.api.Test;

class FramingTest {
    /** Red is the column, green the row, blue their sum. */
    private static Mat coordinates(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++) {
            pixels[3 * i] = (byte) (i % width);
            pixels[3 * i + 1] = (byte) (i / width);
            pixels[3 * i + 2] = (byte) (i % width + i / width);
        }
        return RgbImages.fromPixels(pixels, height, width);
    }

    private static byte[] frame(Framing framing, int height, int width, int size, double cropFraction, long seed) {
        FrameTarget target = new FrameTarget(size, cropFraction, Interpolation.BILINEAR);
        try (Mat image = coordinates(height, width);
                Mat result = framing.frame(image, target, new SplittableRandom(seed))) {
            return RgbImages.toPixels(result);
        }
    }

    @Test
    void centreCropKeepsTheMiddleOfTheShorterSide() {
        // 112 / 0.875 = 128, the shorter side: nothing is resized, and 8 and 8 + 20 pixels are cut off.
        byte[] pixels = frame(new CentreCrop(), 128, 168, 112, 0.875, 0);
        assertEquals(112 * 112 * 3, pixels.length);
        assertEquals(28, pixels[0]);
        assertEquals(8, pixels[1]);
        int last = pixels.length - 3;
        assertEquals((byte) (28 + 111), pixels[last]);
        assertEquals((byte) (8 + 111), pixels[last + 1]);
    }

    @Test
    void cropFractionOneKeepsTheWholeSquare() {
        byte[] pixels = frame(new CentreCrop(), 64, 64, 32, 1, 0);
        // Halving: the mean of columns 0 and 1 and, by the triangle, less of 2; at the border about 0.7.
        assertEquals(1, pixels[0]);
        assertEquals(62, pixels[pixels.length - 3]);
    }

    @Test
    void randomCropsStayInsideWithAreaAndShapeInRange() {
        RandomResizedCrop crop = new RandomResizedCrop(0.08);
        SplittableRandom random = new SplittableRandom(1);
        double least = 1;
        double largest = 0;
        for (int i = 0; i < 20_000; i++) {
            Region region = crop.region(400, 300, random);
            double area = region.width() * region.height() / 120_000.0;
            double ratio = (double) region.width() / region.height();
            assertTrue(region.x() + region.width() <= 400 && region.y() + region.height() <= 300);
            assertTrue(area > 0.078 && area <= 1, () -> "area " + area);
            assertTrue(ratio > 0.74 && ratio < 1.35, () -> "ratio " + ratio);
            least = Math.min(least, area);
            largest = Math.max(largest, area);
        }
        assertEquals(0.08, least, 0.005);
        assertEquals(1, largest, 0.01);
    }

    @Test
    void anImpossibleShapeFallsBackToTheLargestAllowed() {
        RandomResizedCrop crop = new RandomResizedCrop(0.9);
        assertEquals(new Region(433, 0, 133, 100), crop.region(1000, 100, new SplittableRandom(2)));
        assertEquals(new Region(0, 433, 100, 133), crop.region(100, 1000, new SplittableRandom(2)));
    }

    @Test
    void padAndCropShiftsByUpToThePadding() {
        PadAndCrop framing = new PadAndCrop(0.125, PadAndCrop.Border.ZERO);
        Set<Integer> shifts = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            byte[] pixels = frame(framing, 32, 32, 32, 0.5, seed);
            // The middle pixel is column 16 plus the shift, from -4 to 4.
            int at = (16 * 32 + 16) * 3;
            shifts.add(pixels[at] - 16);
            assertTrue(Math.abs(pixels[at + 1] - 16) <= 4);
        }
        assertEquals(Set.of(-4, -3, -2, -1, 0, 1, 2, 3, 4), shifts);
    }

    @Test
    void reflectedBordersMirrorTheImage() {
        PadAndCrop framing = new PadAndCrop(0.125, PadAndCrop.Border.REFLECT);
        for (int seed = 0; seed < 50; seed++) {
            byte[] pixels = frame(framing, 32, 32, 32, 1, seed);
            int shift = pixels[(16 * 32 + 16) * 3] - 16;
            for (int column = 0; column < 32; column++) {
                int source = Math.abs(column + shift);
                int expected = source > 31 ? 62 - source : source;
                assertEquals(expected, pixels[(16 * 32 + column) * 3]);
            }
        }
    }

    @Test
    void flippingMirrorsLeftToRight() {
        try (Mat image = coordinates(2, 3);
                Mat flipped = new HorizontalFlip(1).apply(image, new SplittableRandom(0))) {
            byte[] pixels = RgbImages.toPixels(flipped);
            assertArrayEquals(new byte[] {2, 0, 2, 1, 0, 1, 0, 0, 0}, Arrays.copyOf(pixels, 9));
        }
        int flips = 0;
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < 1000; i++) {
            try (Mat image = coordinates(1, 2);
                    Mat result = new HorizontalFlip(0.5).apply(image, random)) {
                flips += RgbImages.toPixels(result)[0];
            }
        }
        // Four deviations of a fair coin: 4 * sqrt(1000) / 2 = 63.
        assertEquals(500, flips, 63);
    }

    @Test
    void rangesAreChecked() {
        assertThrows(InvalidInputException.class, () -> new RandomResizedCrop(0));
        assertThrows(InvalidInputException.class, () -> new RandomResizedCrop(0.5, 1, 2, 1));
        assertThrows(InvalidInputException.class, () -> new PadAndCrop(0.6, PadAndCrop.Border.ZERO));
        assertThrows(InvalidInputException.class, () -> new HorizontalFlip(1.1));
        assertThrows(InvalidInputException.class, () -> new FrameTarget(0, 1, Interpolation.AREA));
    }
}
