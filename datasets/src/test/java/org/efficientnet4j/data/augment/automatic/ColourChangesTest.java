package org.efficientnet4j.data.augment.automatic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static Pixels picture(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ColourChangesTest.class.getResourceAsStream("/pil/" + name + ".rgb"), name)) {
            return new Pixels(in.readAllBytes(), SIDE);
        }
    }
}
