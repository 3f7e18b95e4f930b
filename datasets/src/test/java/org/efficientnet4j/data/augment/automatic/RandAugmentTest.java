package org.efficientnet4j.data.augment.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RandAugmentTest {
    private static final int SIDE = 5;

    @Test
    void movesPixelsAndGreysWhatIsLeft() {
        Pixels image = counted();
        assertEquals(image.at(3), ShapeChanges.translateX(image, 1).at(0));
        assertEquals(128, ShapeChanges.translateX(image, 1).at((SIDE - 1) * 3));
        assertEquals(image.at(0), ShapeChanges.translateY(image, -2).at(2 * SIDE * 3));
        assertEquals(128, ShapeChanges.translateY(image, -2).at(0));
        assertEquals(image.at((SIDE + 1) * 3), ShapeChanges.shearX(image, 1).at(SIDE * 3));
        assertEquals(image.at((SIDE + 1) * 3), ShapeChanges.shearY(image, 1).at(3));
    }

    /** A quarter turn: (x, y) takes (centre - (y - centre), x). */
    @Test
    void rotatesAroundTheCentre() {
        Pixels image = counted();
        Pixels turned = ShapeChanges.rotate(image, 90);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                assertEquals(image.at((x * SIDE + SIDE - 1 - y) * 3), turned.at((y * SIDE + x) * 3));
            }
        }
        assertArrayEquals(image.bytes(), ShapeChanges.rotate(image, 0).bytes());
    }

    @Test
    void cutsOutAtMostTheSquare() {
        Pixels image = new Pixels(new byte[40 * 40 * 3], 40);
        for (int seed = 0; seed < 50; seed++) {
            Pixels cut = ShapeChanges.cutout(image, 4, new SplittableRandom(seed));
            long grey = IntStream.range(0, cut.length())
                    .filter(i -> cut.at(i) == 128)
                    .count();
            assertTrue(grey >= 4 * 4 * 3 && grey <= 8 * 8 * 3, "greyed " + grey);
        }
    }

    /** The reference's level_to_arg at 10 and beyond, by a grey picture of one value. */
    @ParameterizedTest
    @CsvSource({
        "BRIGHTNESS, 0.5, 100, 100",
        "BRIGHTNESS, 1, 100, 190",
        "SOLARIZE, 0.5, 100, 100",
        "SOLARIZE, 0.5, 130, 125",
        "SOLARIZE_ADD, 1, 100, 210",
        "SOLARIZE_ADD, 1, 130, 130",
        "POSTERIZE, 1, 255, 240",
        "POSTERIZE, 0, 255, 128",
        "INVERT, 1, 10, 245"
    })
    void readsMagnitudesAsTheReferenceDoes(RandomOperation operation, double level, int value, int expected) {
        byte[] bytes = new byte[SIDE * SIDE * 3];
        Arrays.fill(bytes, (byte) value);
        Pixels result = operation.apply(new Pixels(bytes, SIDE), level, new SplittableRandom(1));
        assertEquals(expected, result.at(0));
    }

    @ParameterizedTest
    @EnumSource
    void leavesItsInputAlone(RandomOperation operation) {
        Pixels image = counted();
        for (double level : new double[] {0, 0.7, 2.5}) {
            Pixels result = operation.apply(image, level, new SplittableRandom(2));
            assertEquals(SIDE, result.side());
            assertArrayEquals(counted().bytes(), image.bytes());
        }
    }

    @Test
    void repeatsFromItsGenerator() {
        RandAugment augment = new RandAugment(2, 9);
        boolean differs = false;
        for (int seed = 0; seed < 20; seed++) {
            byte[] first = applied(augment, seed);
            assertArrayEquals(first, applied(augment, seed));
            differs |= !Arrays.equals(first, applied(augment, seed + 100));
        }
        assertTrue(differs);
    }

    /** So that a contact sheet's row shows one change grow. */
    @Test
    void drawsTheSameOperationsAtEveryMagnitude() {
        for (int seed = 0; seed < 20; seed++) {
            List<String> weak = names(1, seed);
            assertEquals(2, weak.size());
            assertEquals(weak, names(20, seed));
        }
    }

    private static List<String> names(double magnitude, int seed) {
        List<String> names = new ArrayList<>();
        try (Mat image = RgbImages.fromPixels(counted().bytes(), SIDE, SIDE);
                Mat result = new RandAugment(2, magnitude).apply(image, new SplittableRandom(seed), names::add)) {
            assertEquals(SIDE, result.rows());
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "2, -1", "2, 31", "2, NaN"})
    void refusesWhatIsOutOfRange(int layers, double magnitude) {
        assertThrows(InvalidInputException.class, () -> new RandAugment(layers, magnitude));
    }

    private static byte[] applied(RandAugment augment, int seed) {
        try (Mat image = RgbImages.fromPixels(counted().bytes(), SIDE, SIDE);
                Mat result = augment.apply(image, new SplittableRandom(seed))) {
            return RgbImages.toPixels(result);
        }
    }

    private static Pixels counted() {
        byte[] bytes = new byte[SIDE * SIDE * 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (3 * i);
        }
        return new Pixels(bytes, SIDE);
    }
}
