package org.efficientnet4j.data.augment.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what Pillow made of the same picture ({@code reference/pil_operations.py}). */
class ColourChangesTest {
    private static final int SIDE = 24;

    static Stream<Arguments> changes() {
        return Stream.of(
                change("invert", ColourChanges::invert),
                change("posterize-2", image -> ColourChanges.posterize(image, 2)),
                change("solarize-128", image -> ColourChanges.solarize(image, 128)),
                change("autocontrast", ColourChanges::autoContrast),
                change("equalize", ColourChanges::equalize),
                change("colour-0.3", image -> ColourChanges.colour(image, 0.3)),
                change("colour-1.9", image -> ColourChanges.colour(image, 1.9)),
                change("contrast-0.3", image -> ColourChanges.contrast(image, 0.3)),
                change("contrast-1.9", image -> ColourChanges.contrast(image, 1.9)),
                change("brightness-0.3", image -> ColourChanges.brightness(image, 0.3)),
                change("brightness-1.9", image -> ColourChanges.brightness(image, 1.9)),
                change("sharpness-0.3", image -> ColourChanges.sharpness(image, 0.3)),
                change("sharpness-1.9", image -> ColourChanges.sharpness(image, 1.9)));
    }

    private static Arguments change(String name, UnaryOperator<Pixels> change) {
        return Arguments.of(name, change);
    }

    /** Pillow blends in single precision, so a value may fall on the other side of a whole number. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void makesOfAPictureWhatPillowDoes(String name, UnaryOperator<Pixels> change) throws IOException {
        Pixels result = change.apply(picture("input"));
        Pixels expected = picture(name);
        int differing = 0;
        for (int i = 0; i < expected.length(); i++) {
            assertEquals(expected.at(i), result.at(i), 1, name + " at byte " + i);
            differing += expected.at(i) == result.at(i) ? 0 : 1;
        }
        assertTrue(differing <= expected.length() / 100, differing + " values differ by one");
    }

    /** 0.1 to 5.5 is what RandAugment's magnitudes from 0 to 30 mean. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 1, 1.9, 5.5})
    void sharpnessBlendsEveryPixelWithItsSmoothedSelf(double factor) {
        byte[] noise = new byte[SIDE * SIDE * 3];
        new Random(4).nextBytes(noise);
        for (int i = 0; i < noise.length / 2; i++) {
            noise[i] = (byte) (noise[i] < 0 ? 255 : 0);
        }
        Pixels image = new Pixels(noise, SIDE);
        Pixels result = ColourChanges.sharpness(image, factor);
        for (int i = 0; i < noise.length; i++) {
            int x = i / 3 % SIDE;
            int y = i / 3 / SIDE;
            boolean inside = x > 0 && x < SIDE - 1 && y > 0 && y < SIDE - 1;
            double expected = inside ? blended(smoothed(image, i), image.at(i), factor) : image.at(i);
            // Rounded down; on either side where that is a matter of the last digits.
            boolean onTheEdge = Math.abs(expected - Math.rint(expected)) < 1e-3;
            assertEquals(Math.floor(expected), result.at(i), onTheEdge ? 1 : 0);
        }
    }

    private static double blended(int smoothed, int value, double factor) {
        return Math.max(0, Math.min(255, smoothed + factor * (value - smoothed)));
    }

    private static int smoothed(Pixels image, int at) {
        int sum = 4 * image.at(at);
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                sum += image.at(at + 3 * (dy * SIDE + dx));
            }
        }
        return (int) Math.floor(sum / 13.0 + 0.5);
    }

    @Test
    void sharpnessLeavesTheSmallestImages() {
        Pixels four = new Pixels(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2);
        assertArrayEquals(four.bytes(), ColourChanges.sharpness(four, 1.9).bytes());
        Pixels pixel = new Pixels(new byte[] {1, 2, 3}, 1);
        assertArrayEquals(pixel.bytes(), ColourChanges.sharpness(pixel, 1.9).bytes());
    }

    private static Pixels picture(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ColourChangesTest.class.getResourceAsStream("/pil/" + name + ".rgb"), name)) {
            return new Pixels(in.readAllBytes(), SIDE);
        }
    }
}
